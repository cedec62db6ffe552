/// <reference lib="dom" />

/** How a choice is written into the page's address and read from it. */
interface Spelling<C> {
  readonly addressOf: (choice: C) => string;
  readonly choiceIn: (hash: string) => C | null;
}

/** What the reader has chosen in an explorable. The page's address tells it at first, keeps it, and may change it. */
export class ReaderChoice<C extends object> {
  /** Whether the address named this explorable from the beginning. */
  readonly linked: boolean;
  readonly #spelling: Spelling<C>;
  readonly #chosen: () => void;
  #now: C;

  /**
   * @param first what is chosen where the address does not say
   * @param chosen told after each choice of the reader
   */
  constructor(figure: HTMLElement, spelling: Spelling<C>, first: C, chosen: () => void) {
    const linked = spelling.choiceIn(location.hash);
    this.linked = linked !== null;
    this.#spelling = spelling;
    this.#chosen = chosen;
    this.#now = linked ?? first;
    if (this.linked) figure.scrollIntoView({ block: "start" });
    addEventListener("hashchange", () => {
      const named = spelling.choiceIn(location.hash);
      if (named !== null) this.choose(named);
    });
  }

  get now(): C {
    return this.#now;
  }

  /** Another choice of the reader, kept in the address. */
  choose(change: Partial<C>): void {
    this.shift(change);
    history.replaceState(null, "", this.#spelling.addressOf(this.#now));
    this.#chosen();
  }

  /** A change that is not the reader's: the address stays as it is. */
  shift(change: Partial<C>): void {
    this.#now = { ...this.#now, ...change };
  }
}

import type { Judgement, Verdict } from "../ledger/judge.ts";
import type { SequentialLook } from "../stats/sequential-looks.ts";
import { studentTQuantile } from "../stats/student-t.ts";
import type { Cell } from "./cells-read.ts";

/** A claim that is to be decided, and what it reads. */
export interface Question {
  readonly claim: string;
  readonly experiment: string;
  readonly cells: readonly Cell[];
}

/** How far a question has come: looks taken, and the verdict of the last; null where no further look can help. */
export interface Standing {
  readonly looks: number;
  readonly verdict: Verdict;
}

/** What a look tells of a claim: its verdict, and where it has none, by how much the interval is too wide. */
export type Finding = Pick<Judgement, "verdict" | "strain">;

interface State {
  looks: number;
  found: Finding;
  closed: boolean;
}

/** A campaign of this many rounds at least, where there is a budget: between them, verdicts tell where runs are needed. */
const fewestRounds = 6;

/**
 * Decides what each round of a campaign measures. A round brings some open questions to their next look, those first whose
 * verdict is expected to cost least: the runs up to the look at which the interval would be narrow enough, were the estimate to
 * stay, each paid by all open questions that read it. Rounds end when no question is open or the budget is spent.
 *
 *     round 0   a: 3 runs   b: 3 runs              a is decided
 *     round 1               b: 5 runs   c: 3 runs  b and c are not
 *     round 2               b: 8 runs   c: 5 runs  …
 *
 * What it decides follows from the questions, the budget and the findings alone; the time that runs took does not enter.
 * The order of questions has no influence on whether a verdict is right: each is judged at its own looks, and only left open
 * for want of time.
 */
export class Rounds {
  readonly #looks: readonly SequentialLook[];
  readonly #budgetMs: number | null;
  readonly #states: ReadonlyMap<Question, State>;
  readonly #runs = new Map<string, number>();
  #spentMs = 0;

  /** @param budgetMs expected time of all runs together; null without a limit */
  constructor(
    questions: readonly Question[],
    looks: readonly SequentialLook[],
    budgetMs: number | null = null,
  ) {
    this.#looks = looks;
    this.#budgetMs = budgetMs;
    const open = (): State => ({ looks: 0, found: { verdict: "not testable here" }, closed: false });
    this.#states = new Map(questions.map((question) => [question, open()]));
  }

  /** Expected time of the runs that were asked for (ms). */
  get spentMs(): number {
    return this.#spentMs;
  }

  /** Takes the questions of the next round, each brought to its next look; none where the campaign is over. */
  next(): readonly Question[] {
    const candidates = new Set(this.#open());
    const readers = this.#readersOf(candidates);
    const admitted: Question[] = [];
    let costMs = 0;
    while (candidates.size > 0) {
      const [cheapest] = [...candidates]
        .map((question) => ({ question, price: this.#price(question, readers) }))
        .sort((a, b) => (a.price < b.price ? -1 : Number(a.price > b.price)));
      if (cheapest === undefined) break;
      const { question } = cheapest;
      const addedMs = this.#costMs(question);
      candidates.delete(question);
      if (this.#budgetMs !== null) {
        if (this.#spentMs + addedMs > this.#budgetMs) continue;
        if (admitted.length > 0 && costMs + addedMs > this.#budgetMs / fewestRounds) break;
      }
      admitted.push(question);
      costMs += addedMs;
      this.#spentMs += addedMs;
      const runs = this.#nextRuns(question);
      for (const { key } of question.cells) {
        const cell = cellOf(question.experiment, key);
        this.#runs.set(cell, Math.max(runs, this.#runs.get(cell) ?? 0));
      }
    }
    for (const question of admitted) this.#stateOf(question).looks++;
    return admitted;
  }

  /** Tells how many runs of a cell all rounds so far ask for. */
  runsOf(experiment: string, key: string): number {
    return this.#runs.get(cellOf(experiment, key)) ?? 0;
  }

  /** Tells at which look a question is. */
  lookOf(question: Question): SequentialLook {
    return this.#looks[this.#stateOf(question).looks - 1] as SequentialLook;
  }

  /** Takes what a question's look found into account. */
  judged(question: Question, { verdict, strain }: Finding): void {
    const state = this.#stateOf(question);
    state.found = { verdict, ...(strain !== undefined && { strain }) };
    state.closed = verdict !== "not testable here";
  }

  /** Ends a question that no run can decide on this host. */
  close(question: Question): void {
    this.#stateOf(question).closed = true;
  }

  standing(question: Question): Standing {
    const { looks, found } = this.#stateOf(question);
    return { looks, verdict: found.verdict };
  }

  #open(): Question[] {
    return [...this.#states].flatMap(([question, { looks, closed }]) =>
      closed || looks === this.#looks.length ? [] : [question],
    );
  }

  #readersOf(questions: Iterable<Question>): Map<string, number> {
    const readers = new Map<string, number>();
    for (const { experiment, cells } of questions) {
      for (const { key } of cells) {
        const cell = cellOf(experiment, key);
        readers.set(cell, (readers.get(cell) ?? 0) + 1);
      }
    }
    return readers;
  }

  #price(question: Question, readers: ReadonlyMap<string, number>): number {
    const runs = this.#promised(question);
    return runs === null
      ? Number.POSITIVE_INFINITY
      : this.#costMs(question, runs, (cell) => readers.get(cell) ?? 1);
  }

  /** Runs at the look at which a verdict is to be expected; null where no look comes so late. */
  #promised(question: Question): number | null {
    const { looks, found } = this.#stateOf(question);
    const last = this.#looks[looks - 1];
    const { strain = Number.POSITIVE_INFINITY } = found;
    // A bound that few runs leave open tells nothing of how near a verdict is.
    if (last === undefined || !Number.isFinite(strain)) return this.#nextRuns(question);
    const width = reachAt(last) / strain;
    return this.#looks.slice(looks).find((look) => reachAt(look) <= width)?.runs ?? null;
  }

  #costMs(
    question: Question,
    runs = this.#nextRuns(question),
    sharedBy: (cell: string) => number = () => 1,
  ): number {
    return question.cells.reduce((sum, { key, expectedMs }) => {
      const cell = cellOf(question.experiment, key);
      return sum + (Math.max(0, runs - (this.#runs.get(cell) ?? 0)) * expectedMs) / sharedBy(cell);
    }, 0);
  }

  #nextRuns(question: Question): number {
    return (this.#looks[this.#stateOf(question).looks] as SequentialLook).runs;
  }

  #stateOf(question: Question): State {
    const state = this.#states.get(question);
    if (state === undefined) throw new TypeError(`question is not of this campaign: ${question.claim}`);
    return state;
  }
}

/** How far an interval reaches at a look, in standard deviations of one run. */
function reachAt({ runs, level }: SequentialLook): number {
  return studentTQuantile(0.5 + level / 2, runs - 1) / Math.sqrt(runs);
}

function cellOf(experiment: string, key: string): string {
  return `${experiment} ${key}`;
}

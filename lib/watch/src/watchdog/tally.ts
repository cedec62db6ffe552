import type { Culprit, Victim } from "../incident/incident.ts";

interface Held {
  ns: number;
  workers: number;
  longestNs: number;
}

interface Waited {
  count: number;
  ns: number;
  longestNs: number;
}

/** Sums up who held and who waited in one stretch of saturation. */
export class Tally {
  readonly #held = new Map<string, Held>();
  readonly #waited = new Map<string, Waited>();
  #waitedNs = 0;
  #starvedWaitNs = 0;
  #mainWaitNs = 0;
  #longestStarvedNs = 0;

  /** Adds time in which a task held so many workers (ns). */
  addHeld(task: string, workers: number, ns: number): void {
    const held = this.#heldBy(task);
    held.ns += ns * workers;
    held.workers = Math.max(held.workers, workers);
  }

  /** Notes how long one hold of a task has become (ns). */
  noteHold(task: string, ns: number): void {
    const held = this.#heldBy(task);
    held.longestNs = Math.max(held.longestNs, ns);
  }

  /** Adds a wait, with the parts of it that a saturated pool or a blocked main thread explains (ns). */
  addWait(task: string, ns: number, starvedNs: number, mainNs: number): void {
    const waited = this.#waitedBy(task);
    waited.count++;
    waited.ns += ns;
    waited.longestNs = Math.max(waited.longestNs, ns);
    this.#waitedNs += ns;
    this.#starvedWaitNs += starvedNs;
    this.#mainWaitNs += mainNs;
    this.#longestStarvedNs = Math.max(this.#longestStarvedNs, starvedNs);
  }

  get longestHoldNs(): number {
    let longest = 0;
    for (const { longestNs } of this.#held.values()) longest = Math.max(longest, longestNs);
    return longest;
  }

  get longestStarvedNs(): number {
    return this.#longestStarvedNs;
  }

  /** Copies the sums, to add what is still going on. */
  copy(): Tally {
    const copy = new Tally();
    for (const [task, held] of this.#held) copy.#held.set(task, { ...held });
    for (const [task, waited] of this.#waited) copy.#waited.set(task, { ...waited });
    copy.#waitedNs = this.#waitedNs;
    copy.#starvedWaitNs = this.#starvedWaitNs;
    copy.#mainWaitNs = this.#mainWaitNs;
    copy.#longestStarvedNs = this.#longestStarvedNs;
    return copy;
  }

  culprits(workerTimeNs: number): Culprit[] {
    return [...this.#held]
      .filter(([, { ns }]) => ns > 0)
      .map(([task, { ns, workers, longestNs }]) => ({
        task,
        share: ns / workerTimeNs,
        workers,
        longestHoldNs: longestNs,
      }))
      .sort((a, b) => b.share - a.share);
  }

  victims(): Victim[] {
    return [...this.#waited]
      .map(([task, { count, ns, longestNs }]) => ({ task, count, waitedNs: ns, longestWaitNs: longestNs }))
      .sort((a, b) => b.longestWaitNs - a.longestWaitNs);
  }

  /** Shares of the waits that the main thread explains, and that nothing explains. */
  shares(): { behindMainThread: number; notAttributable: number } {
    if (this.#waitedNs === 0) return { behindMainThread: 0, notAttributable: 0 };
    const behindMainThread = this.#mainWaitNs / this.#waitedNs;
    return {
      behindMainThread,
      notAttributable: Math.max(0, 1 - this.#starvedWaitNs / this.#waitedNs - behindMainThread),
    };
  }

  #heldBy(task: string): Held {
    const known = this.#held.get(task);
    if (known !== undefined) return known;
    const held = { ns: 0, workers: 0, longestNs: 0 };
    this.#held.set(task, held);
    return held;
  }

  #waitedBy(task: string): Waited {
    const known = this.#waited.get(task);
    if (known !== undefined) return known;
    const waited = { count: 0, ns: 0, longestNs: 0 };
    this.#waited.set(task, waited);
    return waited;
  }
}

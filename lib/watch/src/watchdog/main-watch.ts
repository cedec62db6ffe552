import type { Interval } from "../attribution/intervals.ts";
import type { Incident } from "../incident/incident.ts";
import type { TaskMemory } from "../memory/task-memory.ts";
import { type ThreadTime, ThreadTimes } from "./thread-times.ts";

/** Results that lie ready and were not taken up. */
export interface Undelivered {
  readonly count: number;
  readonly sinceNs: number | null;
}

/** How many stretches are remembered. */
const remembered = 64;

/**
 * Watches the submitting thread as a pool of one, by the beats of its event loop. A stretch without a beat begins up to one
 * period of the beat before the hold does.
 */
export class MainWatch {
  readonly #memory: TaskMemory;
  readonly #limitNs: number;
  readonly #read: ((kernelThread: number) => ThreadTime | null) | undefined;
  readonly #blocks: Interval[] = [];
  #firedForBeatNs: number | null = null;
  #waiting: Undelivered = { count: 0, sinceNs: null };
  #times: ThreadTimes;

  constructor(memory: TaskMemory, limitNs: number, read?: (kernelThread: number) => ThreadTime | null) {
    this.#memory = memory;
    this.#limitNs = limitNs;
    this.#read = read;
    this.#times = new ThreadTimes(read);
  }

  /** Stretches in which the thread was blocked lately, the one that goes on included. */
  blocks(nowNs: number): Interval[] {
    const { beatNs } = this.#memory;
    const now = this.#isBlocked(nowNs) ? [{ fromNs: beatNs, toNs: nowNs }] : [];
    return [...this.#blocks, ...now];
  }

  /** Looks at the beats; `undelivered` says who waits for the thread. */
  at(nowNs: number, undelivered: () => Undelivered): { kind: "began" | "over"; incident: Incident }[] {
    const { beatNs, block } = this.#memory;
    const ended = block.toNs > (this.#blocks.at(-1)?.toNs ?? 0) ? block : null;
    if (ended !== null) {
      this.#blocks.push(ended);
      if (this.#blocks.length > remembered) this.#blocks.shift();
    }
    const events: { kind: "began" | "over"; incident: Incident }[] = [];
    if (this.#firedForBeatNs !== null && beatNs !== this.#firedForBeatNs) {
      const toNs = ended?.toNs ?? beatNs;
      events.push({ kind: "over", incident: this.#incident(this.#firedForBeatNs, toNs, toNs) });
      this.#firedForBeatNs = null;
    }
    if (this.#isBlocked(nowNs)) {
      this.#times.look(nowNs, [{ record: 0, kernelThread: this.#memory.kernelMainThread }]);
      const waiting = undelivered();
      if (waiting.count >= this.#waiting.count) this.#waiting = waiting;
      if (this.#firedForBeatNs === null && nowNs - beatNs >= this.#limitNs) {
        this.#firedForBeatNs = beatNs;
        events.push({ kind: "began", incident: this.#incident(beatNs, null, nowNs) });
      }
    } else if (this.#firedForBeatNs === null) {
      this.#waiting = { count: 0, sinceNs: null };
      this.#times = new ThreadTimes(this.#read);
    }
    return events;
  }

  /** Ends what goes on, at the end of everything. */
  finish(nowNs: number): { kind: "over"; incident: Incident }[] {
    const beganNs = this.#firedForBeatNs;
    if (beganNs === null) return [];
    this.#firedForBeatNs = null;
    return [{ kind: "over", incident: this.#incident(beganNs, nowNs, nowNs) }];
  }

  /** Whether the loop stands still, for long enough to ask who waits for it. */
  #isBlocked(nowNs: number): boolean {
    const { beatNs } = this.#memory;
    return beatNs > 0 && nowNs - beatNs >= this.#limitNs / 2;
  }

  #incident(beganNs: number, endedNs: number | null, untilNs: number): Incident {
    const { count, sinceNs } = this.#waiting;
    const waitedNs = sinceNs === null ? 0 : Math.max(0, untilNs - sinceNs);
    return {
      kind: "main",
      pool: "main thread",
      workers: 1,
      beganNs,
      endedNs,
      toldNs: 0,
      starvedNs: untilNs - beganNs,
      culprits: [{ task: "main thread", share: 1, workers: 1, longestHoldNs: untilNs - beganNs }],
      victims: count === 0 ? [] : [{ task: "results of workers", count, waitedNs, longestWaitNs: waitedNs }],
      notAttributable: 0,
      behindMainThread: 1,
      threads: this.#times.use(),
      stack: null,
      noStack: null,
    };
  }
}

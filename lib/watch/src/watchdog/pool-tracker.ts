import { type Interval, overlapNs } from "../attribution/intervals.ts";
import type { Incident } from "../incident/incident.ts";
import { Tally } from "./tally.ts";

/** From when on an incident is one. */
export interface Limits {
  /** A hold shorter than this makes no incident, however many of them follow one another (ns). */
  readonly holdNs: number;
  /** Somebody must have waited so long with every worker held (ns). */
  readonly waitNs: number;
  /** An incident is over when it has not gone on for so long (ns). */
  readonly quietNs: number;
}

/** A step of a task, in order of time. */
export interface Step {
  readonly kind: "submitted" | "started" | "ended" | "left";
  readonly atNs: number;
  readonly record: number;
  readonly task: string;
}

/** A worker's hold that goes on. */
export interface Hold {
  readonly task: string;
  readonly sinceNs: number;
}

interface Wait extends Hold {
  /** What the pool's time with every worker held was when the wait began (ns). */
  readonly starvedAtNs: number;
}

interface Episode {
  readonly beganNs: number;
  lastNs: number;
  starvedNs: number;
  readonly tally: Tally;
  fired: boolean;
}

export type TrackerEvent =
  | { readonly kind: "began" | "over"; readonly incident: Incident }
  /** Tasks waited as long, and no hold was long: too much load rather than a culprit. */
  | { readonly kind: "load"; readonly longestWaitNs: number };

/** So many times as long an incident stays open for a hold that had part in it and goes on. */
const lingering = 10;
/** How many stretches with every worker held are remembered, to tell what else a wait was for. */
const remembered = 256;

/**
 * Follows one pool's tasks step by step: who holds, who waits, since when every worker is held. It has no clock of its own.
 *
 *     holds of 2 workers   ██████████████        ██████
 *                             ███████████████████████
 *     somebody waits            ╌╌╌╌╌╌╌╌╌╌╌╌     ╌╌╌
 *     episode                   ╟─────────╢──────╟─╢┄┄ quiet ┄┄│ over
 *                                   ↑ began: a hold ≥ holdNs and a wait with every worker held ≥ waitNs
 */
export class PoolTracker {
  readonly name: string;
  readonly workers: number;
  readonly #limits: Limits;
  readonly #waiting = new Map<number, Wait>();
  readonly #holding = new Map<number, Hold>();
  /** How many workers each task holds now. */
  readonly #holders = new Map<string, number>();
  readonly #heldStretches: Interval[] = [];
  #oldestStretch = 0;
  #mainBlocks: readonly Interval[] = [];
  #clockNs = 0;
  #starvedNs = 0;
  #allHeldSinceNs: number | null = null;
  #episode: Episode | null = null;

  constructor(name: string, workers: number, limits: Limits) {
    this.name = name;
    this.workers = workers;
    this.#limits = limits;
  }

  /** Tasks under way, and since when. */
  get holding(): ReadonlyMap<number, Hold> {
    return this.#holding;
  }
  get waiting(): number {
    return this.#waiting.size;
  }
  /** All time in which every worker was held (ns). */
  get starvedNs(): number {
    return this.#starvedNs;
  }
  /** Whether every worker is held and somebody waits. */
  get saturated(): boolean {
    return this.#holding.size >= this.workers && this.#waiting.size > 0;
  }

  /** Tells since when the longest waiting task waits (ns); null where nobody waits. */
  get waitingSinceNs(): number | null {
    const [first] = this.#waiting.values();
    return first?.sinceNs ?? null;
  }

  /** Says in which stretches the main thread was blocked lately. */
  setMainBlocks(blocks: readonly Interval[]): void {
    this.#mainBlocks = blocks;
  }

  /** Takes one step of a task; a step that is seen late counts from the latest moment seen. */
  take({ kind, atNs, record, task }: Step): void {
    this.#advance(atNs);
    if (kind === "submitted") {
      this.#waiting.set(record, { task, sinceNs: atNs, starvedAtNs: this.#starvedNs });
    } else if (kind === "started") {
      this.#endWait(record, atNs);
      this.#holding.set(record, { task, sinceNs: atNs });
      this.#holders.set(task, (this.#holders.get(task) ?? 0) + 1);
    } else {
      this.#endWait(record, atNs);
      this.#endHold(record, atNs);
    }
    this.#noteStretch();
  }

  /** Tells since when the longest hold goes on (ns); null where no worker is held. */
  get heldSinceNs(): number | null {
    let sinceNs: number | null = null;
    for (const hold of this.#holding.values()) sinceNs = Math.min(sinceNs ?? hold.sinceNs, hold.sinceNs);
    return sinceNs;
  }

  /** Moves on to a moment and says what has come about by then. */
  at(nowNs: number): TrackerEvent[] {
    this.#advance(nowNs);
    const episode = this.#episode;
    if (episode === null) return [];
    if (!episode.fired && this.#isIncident(episode, nowNs)) {
      episode.fired = true;
      return [{ kind: "began", incident: this.#incident(episode, null) }];
    }
    const quietNs = nowNs - episode.lastNs;
    const isOver = quietNs >= (this.#goesOn(episode) ? lingering : 1) * this.#limits.quietNs;
    return isOver ? this.#close(episode) : [];
  }

  /** Ends what goes on, at the end of everything. */
  finish(): TrackerEvent[] {
    const episode = this.#episode;
    if (episode === null) return [];
    if (!episode.fired && this.#isIncident(episode, this.#clockNs)) {
      episode.fired = true;
      const began: TrackerEvent = { kind: "began", incident: this.#incident(episode, null) };
      return [began, ...this.#close(episode)];
    }
    return this.#close(episode);
  }

  /** Whether a hold that had part in it goes on, so that its length is not known yet. */
  #goesOn({ lastNs }: Episode): boolean {
    for (const { sinceNs } of this.#holding.values()) if (sinceNs < lastNs) return true;
    return false;
  }

  #close(episode: Episode): TrackerEvent[] {
    this.#episode = null;
    if (episode.fired) return [{ kind: "over", incident: this.#incident(episode, episode.lastNs) }];
    const longestWaitNs = this.#withWaiting(episode).longestStarvedNs;
    return longestWaitNs >= this.#limits.waitNs ? [{ kind: "load", longestWaitNs }] : [];
  }

  #advance(atNs: number): void {
    const ns = atNs - this.#clockNs;
    if (ns <= 0) return;
    if (this.#holding.size >= this.workers) {
      this.#starvedNs += ns;
      if (this.#waiting.size > 0) this.#addStarved(atNs, ns);
    }
    this.#clockNs = atNs;
  }

  #addStarved(atNs: number, ns: number): void {
    this.#episode ??= {
      beganNs: this.#clockNs,
      lastNs: atNs,
      starvedNs: 0,
      tally: new Tally(),
      fired: false,
    };
    const episode = this.#episode;
    episode.lastNs = atNs;
    episode.starvedNs += ns;
    for (const [task, workers] of this.#holders) episode.tally.addHeld(task, workers, ns);
  }

  #endHold(record: number, atNs: number): void {
    const hold = this.#holding.get(record);
    if (hold === undefined) return;
    this.#holding.delete(record);
    const others = (this.#holders.get(hold.task) ?? 0) - 1;
    if (others > 0) this.#holders.set(hold.task, others);
    else this.#holders.delete(hold.task);
    if (this.#episode && hold.sinceNs < this.#episode.lastNs) {
      this.#episode.tally.noteHold(hold.task, atNs - hold.sinceNs);
    }
  }

  #endWait(record: number, atNs: number): void {
    const wait = this.#waiting.get(record);
    if (wait === undefined) return;
    this.#waiting.delete(record);
    if (this.#episode) this.#addWait(this.#episode.tally, wait, atNs);
  }

  #addWait(tally: Tally, { task, sinceNs, starvedAtNs }: Wait, untilNs: number): void {
    const starvedNs = this.#starvedNs - starvedAtNs;
    if (starvedNs > 0) {
      const mainNs = this.#behindMainNs({ fromNs: sinceNs, toNs: untilNs });
      tally.addWait(task, Math.max(untilNs - sinceNs, starvedNs), starvedNs, mainNs);
    }
  }

  /** The part of a wait in which the main thread was blocked and not every worker held. */
  #behindMainNs(wait: Interval): number {
    let ns = 0;
    for (let at = this.#mainBlocks.length - 1; at >= 0; at--) {
      const block = this.#mainBlocks[at] as Interval;
      if (block.toNs <= wait.fromNs) break;
      const blocked = { fromNs: Math.max(wait.fromNs, block.fromNs), toNs: Math.min(wait.toNs, block.toNs) };
      if (blocked.toNs <= blocked.fromNs) continue;
      ns += blocked.toNs - blocked.fromNs;
      for (const stretch of this.#heldStretches) ns -= overlapNs(stretch, blocked);
      if (this.#allHeldSinceNs !== null) {
        ns -= overlapNs({ fromNs: this.#allHeldSinceNs, toNs: this.#clockNs }, blocked);
      }
    }
    return Math.max(0, ns);
  }

  #noteStretch(): void {
    const allHeld = this.#holding.size >= this.workers;
    if (allHeld && this.#allHeldSinceNs === null) this.#allHeldSinceNs = this.#clockNs;
    if (!allHeld && this.#allHeldSinceNs !== null) {
      this.#heldStretches[this.#oldestStretch] = { fromNs: this.#allHeldSinceNs, toNs: this.#clockNs };
      this.#oldestStretch = (this.#oldestStretch + 1) % remembered;
      this.#allHeldSinceNs = null;
    }
  }

  #isIncident({ tally, lastNs }: Episode, nowNs: number): boolean {
    const goesOnNs = lastNs - (this.heldSinceNs ?? lastNs);
    if (Math.max(tally.longestHoldNs, goesOnNs) < this.#limits.holdNs) return false;
    if (tally.longestStarvedNs >= this.#limits.waitNs) return true;
    for (const { starvedAtNs, sinceNs } of this.#waiting.values()) {
      if (nowNs - sinceNs < this.#limits.waitNs) return false;
      if (this.#starvedNs - starvedAtNs >= this.#limits.waitNs) return true;
    }
    return false;
  }

  #withWaiting(episode: Episode): Tally {
    const tally = episode.tally.copy();
    for (const wait of this.#waiting.values()) this.#addWait(tally, wait, this.#clockNs);
    for (const { task, sinceNs } of this.#holding.values()) {
      if (sinceNs < episode.lastNs) tally.noteHold(task, episode.lastNs - sinceNs);
    }
    return tally;
  }

  #incident(episode: Episode, endedNs: number | null): Incident {
    const tally = this.#withWaiting(episode);
    return {
      kind: "pool",
      pool: this.name,
      workers: this.workers,
      beganNs: episode.beganNs,
      endedNs,
      toldNs: 0,
      starvedNs: episode.starvedNs,
      culprits: tally.culprits(episode.starvedNs * this.workers),
      victims: tally.victims(),
      ...tally.shares(),
      threads: null,
      stack: null,
      noStack: null,
    };
  }
}

import type { PlayedRun } from "./played-run.ts";

/** What one task does at a moment. */
export type MarkState = "asleep" | "waiting" | "running" | "done";

/** Where a task is drawn; the picture is `poolWidth` by `poolHeight`. */
export interface Mark {
  readonly state: MarkState;
  readonly x: number;
  readonly y: number;
}

/** What one worker does at a moment. */
export interface WorkerState {
  readonly blocked: boolean;
  /** Share of the block that is still to come. */
  readonly left: number;
}

/** A moment of a run, ready to be drawn. */
export interface PoolFrame {
  /** Probes first, then blockers. */
  readonly marks: readonly Mark[];
  readonly workers: readonly WorkerState[];
  /** Probes that are due and wait, and for how long the first of them has waited (ms). */
  readonly waiting: number;
  readonly longestMs: number;
}

/** Units of the picture, about a CSS pixel on a phone of 360. */
export const poolWidth = 340;
export const poolHeight = 262;

/** The three bands of the picture, from top to bottom. */
export const bands = { asleep: 26, queue: 104, workers: 190 } as const;
export const workerHeight = 64;
const margin = 7;
const lanes = 5;
const laneHeight = 9.5;
const cell = 13;
/** A poll takes microseconds; its mark stays with the worker for this long, so that it can be seen (ms of the run). */
const shownMs = 2.5;

/** Left edge and width of a worker's box. */
export function workerBox(worker: number, workers: number): { readonly x: number; readonly width: number } {
  const gap = 8;
  const edge = 1;
  const width = (poolWidth - 2 * edge - gap * (workers - 1)) / workers;
  return { x: edge + worker * (width + gap), width };
}

/** Reads moments off a run. */
export class PoolReader {
  readonly #run: PlayedRun;
  /** The polls of each task, in order. */
  readonly #polls: readonly (readonly number[])[];

  constructor(run: PlayedRun) {
    this.#run = run;
    const polls = Array.from({ length: run.probes + run.design.blockers }, (): number[] => []);
    for (const [poll, task] of run.task.entries()) polls[task]?.push(poll);
    this.#polls = polls;
  }

  at(nowMs: number): PoolFrame {
    const { probes, dueMs, design } = this.#run;
    const moments = this.#polls.map((polls) => this.#moment(polls, nowMs));
    const places = this.#queuePlaces(moments);
    const marks = moments.map((moment, task) => this.#mark(moment, task, places.get(task)));
    const waiting = moments.slice(0, probes).filter(({ state }) => state === "waiting");
    const longestMs = Math.max(0, ...waiting.map(({ poll }) => nowMs - (dueMs[poll] as number)));
    const workers = Array.from({ length: design.workers }, (_, worker) => this.#worker(worker, nowMs));
    return { marks, workers, waiting: waiting.length, longestMs };
  }

  /** Overheads of the probes' counted wake-ups that were served until now, in ms. The first wake-up of a probe only finds its phase. */
  overheadsUntil(nowMs: number): number[] {
    const { probes, dueMs, startedMs } = this.#run;
    return this.#polls.slice(0, probes).flatMap((polls) =>
      polls
        .slice(1)
        .filter((poll) => (startedMs[poll] as number) <= nowMs)
        .map((poll) => (startedMs[poll] as number) - (dueMs[poll] as number)),
    );
  }

  #moment(polls: readonly number[], nowMs: number): Moment {
    const { dueMs, startedMs, endedMs, endMs } = this.#run;
    const next = polls.findIndex((poll) => (endedMs[poll] as number) + shownMs > nowMs);
    const poll = polls[next];
    if (poll === undefined) return { state: "done", poll: -1, progress: 1 };
    if ((startedMs[poll] as number) <= nowMs) return { state: "running", poll, progress: 1 };
    if ((dueMs[poll] as number) <= nowMs) return { state: "waiting", poll, progress: 1 };
    const before = polls[next - 1];
    const sinceMs = before === undefined ? 0 : (endedMs[before] as number);
    const untilMs = Math.min(dueMs[poll] as number, endMs);
    return { state: "asleep", poll, progress: (nowMs - sinceMs) / Math.max(untilMs - sinceMs, shownMs) };
  }

  /** Places in the queue by task: one queue, or one for each worker where tasks live on workers. */
  #queuePlaces(moments: readonly Moment[]): ReadonlyMap<number, Place> {
    const { dueMs, worker, design } = this.#run;
    const own = design.discipline === "event loops";
    const waiting = moments
      .map(({ state, poll }, task) => ({ state, poll, task }))
      .filter(({ state }) => state === "waiting")
      .sort((a, b) => (dueMs[a.poll] as number) - (dueMs[b.poll] as number) || a.task - b.task);
    const lengths = new Map<number, number>();
    return new Map(
      waiting.map(({ task, poll }) => {
        const queue = own ? (worker[poll] as number) : 0;
        const index = lengths.get(queue) ?? 0;
        lengths.set(queue, index + 1);
        const { x, width } = own ? workerBox(queue, design.workers) : { x: 0, width: poolWidth };
        return [task, { index, x, columns: Math.floor(width / cell) }];
      }),
    );
  }

  #mark({ state, poll, progress }: Moment, task: number, place: Place | undefined): Mark {
    const { worker, design, probes } = this.#run;
    if (place !== undefined) {
      const row = Math.floor(place.index / place.columns);
      const x = place.x + margin + (place.index % place.columns) * cell;
      return { state, x, y: bands.queue + 9 + row * cell };
    }
    if (state === "running") {
      const { x, width } = workerBox(worker[poll] as number, design.workers);
      return { state, x: x + width / 2, y: bands.workers + (task < probes ? 14 : 34) };
    }
    const lane = (task * 7) % lanes;
    const y = bands.asleep + 9 + lane * laneHeight;
    return { state, x: margin + Math.min(1, progress) * (poolWidth - 2 * margin), y };
  }

  #worker(worker: number, nowMs: number): WorkerState {
    const { worker: workers, task, startedMs, endedMs, probes } = this.#run;
    for (const [poll, on] of workers.entries()) {
      const [startMs, endMs] = [startedMs[poll] as number, endedMs[poll] as number];
      if (on !== worker || (task[poll] as number) < probes || startMs > nowMs || endMs <= nowMs) continue;
      return { blocked: true, left: (endMs - nowMs) / (endMs - startMs) };
    }
    return { blocked: false, left: 0 };
  }
}

interface Moment {
  readonly state: MarkState;
  readonly poll: number;
  readonly progress: number;
}
interface Place {
  readonly index: number;
  readonly x: number;
  readonly columns: number;
}

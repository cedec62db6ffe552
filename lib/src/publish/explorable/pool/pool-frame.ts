import type { PlayedRun } from "./played-run.ts";

/** What one task does at a moment; absent: there is nothing to be seen of it. */
export type MarkState = "absent" | "asleep" | "in-line" | "waiting" | "running" | "done";

/** Where a task is drawn; the picture is `poolWidth` by `poolHeight`. */
export interface Mark {
  readonly state: MarkState;
  readonly x: number;
  readonly y: number;
  /** The task has what the others stand in line for. */
  readonly holds?: boolean;
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

/** A mark comes into sight so long before it falls due for the first time (ms of the run). */
const approachMs = 20;
/** Marks in a row across the whole picture. */
export const markColumns = Math.floor(poolWidth / cell);

/** Place of the n-th mark of a row that starts at a height, and goes on below. */
export function inRows(index: number, y: number, x = 0, columns = markColumns): Pick<Mark, "x" | "y"> {
  return { x: x + margin + (index % columns) * cell, y: y + 9 + Math.floor(index / columns) * cell };
}

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
    const polls = Array.from({ length: run.probes + run.blockers }, (): number[] => []);
    for (const [poll, task] of run.task.entries()) polls[task]?.push(poll);
    this.#polls = polls;
  }

  at(nowMs: number): PoolFrame {
    const { probes, dueMs, queues } = this.#run;
    const moments = this.#polls.map((polls) => this.#moment(polls, nowMs));
    const places = this.#queuePlaces(moments);
    const marks = moments.map((moment, task) => this.#mark(moment, task, places.get(task)));
    const waiting = moments.slice(0, probes).filter(({ state }) => state === "waiting");
    const longestMs = Math.max(0, ...waiting.map(({ poll }) => nowMs - (dueMs[poll] as number)));
    const workers = queues.map((_, worker) => this.#worker(worker, nowMs));
    return { marks, workers, waiting: waiting.length, longestMs };
  }

  /**
   * Overheads of the probes' counted wake-ups that were served until now, in ms.
   *
   * @param firstCounted 1 where the first wake-up of a probe only finds its phase
   */
  overheadsUntil(nowMs: number, firstCounted = 1): number[] {
    const { probes, dueMs, startedMs } = this.#run;
    return this.#polls.slice(0, probes).flatMap((polls) =>
      polls
        .slice(firstCounted)
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
    const sinceMs =
      before === undefined ? Math.max(0, (dueMs[poll] as number) - approachMs) : (endedMs[before] as number);
    if (nowMs < sinceMs) return { state: "absent", poll, progress: 0 };
    const untilMs = Math.min(dueMs[poll] as number, endMs);
    return { state: "asleep", poll, progress: (nowMs - sinceMs) / Math.max(untilMs - sinceMs, shownMs) };
  }

  /** Places in the queues by task: each queue stands above the workers that it serves. */
  #queuePlaces(moments: readonly Moment[]): ReadonlyMap<number, Pick<Mark, "x" | "y">> {
    const { dueMs, worker, queues } = this.#run;
    const waiting = moments
      .map(({ state, poll }, task) => ({ state, poll, task }))
      .filter(({ state }) => state === "waiting")
      .sort((a, b) => (dueMs[a.poll] as number) - (dueMs[b.poll] as number) || a.task - b.task);
    const lengths = new Map<number, number>();
    return new Map(
      waiting.map(({ task, poll }) => {
        const queue = queues[worker[poll] as number] as number;
        const index = lengths.get(queue) ?? 0;
        lengths.set(queue, index + 1);
        const { x, columns } = this.#queueBox(queue);
        return [task, inRows(index, bands.queue, x, columns)];
      }),
    );
  }

  #queueBox(queue: number): { readonly x: number; readonly columns: number } {
    const { queues } = this.#run;
    if (queues.every((each) => each === queue)) return { x: 0, columns: markColumns };
    const [first, last] = [queues.indexOf(queue), queues.lastIndexOf(queue)];
    const left = workerBox(first, queues.length);
    const right = workerBox(last, queues.length);
    return { x: left.x, columns: Math.floor((right.x + right.width - left.x) / cell) };
  }

  #mark({ state, poll, progress }: Moment, task: number, place: Pick<Mark, "x" | "y"> | undefined): Mark {
    const { worker, queues, probes } = this.#run;
    if (place !== undefined) return { state, ...place };
    if (state === "running") {
      const { x, width } = workerBox(worker[poll] as number, queues.length);
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

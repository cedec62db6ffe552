import type { MeasuredEdition } from "./delay-chart.ts";
import type { PlayedDesign, PlayedRun } from "./played-run.ts";
import type { PredictedDelay } from "./predicted-delays.ts";

/** What the page asks the simulator's thread. */
export interface Question {
  readonly number: number;
  readonly design: PlayedDesign;
}

/** What the thread answers: one run to watch, and what many runs predict. */
export interface Answer {
  readonly number: number;
  readonly run: PlayedRun;
  readonly predicted: readonly PredictedDelay[];
}

/** What the build puts beside the picture, as JSON. */
export interface PoolData {
  readonly workers: number;
  /** Measured points of each edition by executor, the reference first. */
  readonly measured: Readonly<Record<"run-queue" | "pinned", readonly MeasuredEdition[]>>;
}

import type { PredictedRemedy } from "../../model/predict-remedy.ts";
import type { MeasuredEdition } from "./cliff/delay-chart.ts";
import type { SweepDesign } from "./cliff/play-sweep.ts";
import type { PredictedDelay } from "./cliff/predicted-delays.ts";
import type { ConvoyChoice } from "./convoy/choice.ts";
import type { PlayedConvoy } from "./convoy/play-convoy.ts";
import type { PredictedFailure } from "./convoy/predicted-failures.ts";
import type { CureChoice } from "./cure/choice.ts";
import type { PlayedCure } from "./cure/play-cure.ts";
import type { MedianDesign } from "./median/choice.ts";
import type { PlayedRun } from "./pool/played-run.ts";

/** What each explorable asks the simulator's thread, and what that answers: a run to watch, and what many runs predict. */
export interface Exchange {
  readonly cliff: {
    readonly design: SweepDesign;
    readonly answer: { readonly run: PlayedRun; readonly predicted: readonly PredictedDelay[] };
  };
  /** Delays of many runs for each number of blockers, in ascending order (ms). */
  readonly median: { readonly design: MedianDesign; readonly answer: readonly Float64Array[] };
  readonly convoy: {
    readonly design: ConvoyChoice;
    readonly answer: { readonly played: PlayedConvoy; readonly predicted: readonly PredictedFailure[] };
  };
  readonly cure: {
    readonly design: CureChoice;
    readonly answer: { readonly played: PlayedCure; readonly predicted: readonly PredictedRemedy[] };
  };
}

export type Kind = keyof Exchange;

/** A question on its way to the thread. */
export type Question = {
  readonly [K in Kind]: { readonly number: number; readonly kind: K; readonly design: Exchange[K]["design"] };
}[Kind];

/** What the build puts beside the picture of the cliff, as JSON. */
export interface CliffData {
  readonly workers: number;
  /** Measured points of each edition by executor, the reference first. */
  readonly measured: Readonly<Record<"run-queue" | "pinned", readonly MeasuredEdition[]>>;
}

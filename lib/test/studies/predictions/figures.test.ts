import type { Figure } from "../../../src/drawing/figure.ts";
import type { StealingStalls } from "../../../src/model/stealing-stalls.ts";
import type { DelayPrediction, FailurePrediction } from "../../../src/studies/predictions/analysis/sweeps.ts";
import { predictionsDelays } from "../../../src/studies/predictions/figures/delays.ts";
import { predictionsFailures } from "../../../src/studies/predictions/figures/failures.ts";
import { predictionsStealing } from "../../../src/studies/predictions/figures/stealing.ts";
import { testFigures } from "../../drawing/snapshot.ts";
import { interval } from "../../summary/interval.ts";

const executors = ["run-queue", "pinned"] as const;

/** Small made-up predictions with the shapes of real ones; nothing here was computed by a model. */
const delays: readonly DelayPrediction[] = executors.flatMap((executor, e) =>
  [0, 1, 3, 4, 6].map((blockers) => {
    const late = e === 1 ? blockers > 0 : blockers >= 4;
    const p99 = late ? 41 : 0.5;
    const mean = late ? 4 * blockers : 0.2;
    return {
      executor,
      blockers,
      workers: 4,
      runs: 20,
      ...interval("p99", "Ms", p99, [0.9, 1.2]),
      p99ModelMs: p99 * 0.95,
      ...interval("mean", "Ms", mean, [0.9, 1.1]),
      meanModelMs: mean * 0.9,
      p99FormulaMs: late ? 40 : 0.5,
      meanFormulaMs: mean * 0.95,
    };
  }),
);

const failures: readonly FailurePrediction[] = executors.flatMap((executor) =>
  [1, 15, 20, 30, 50].map((clients) => {
    const failureShare = Math.max(0, clients - 15) / 40;
    return {
      executor,
      workers: 4,
      load: "closed-loop",
      clients,
      runs: 20,
      failureShare,
      failureLowShare: failureShare * 0.8,
      failureHighShare: failureShare * 1.1,
      modelShare: failureShare * 0.9,
      modelErrorShare: 0.01,
      drawnShare: null,
      drawnErrorShare: null,
    };
  }),
);

const schedulers = [
  "shared queue",
  "stealing, timer thread",
  "stealing, timers on a worker",
  "the same without slot",
] as const;
const stealing: readonly StealingStalls[] = (["yields", "sleeps 25 ms"] as const).flatMap((blocking, b) =>
  schedulers.flatMap((scheduler, s) =>
    [0, 1, 4].map((blockers) => ({
      blocking,
      scheduler,
      workers: 4 as const,
      blockers,
      p50Ms: null,
      lateShare: 0,
      p99Ms: blockers === 4 || (b === 1 && s >= 2 && blockers > 0) ? 40 + 2 * s : 0.9 + 0.1 * s,
    })),
  ),
);

const figures: Readonly<Record<string, () => Figure>> = {
  "predictions-delays": () => predictionsDelays(delays, 4),
  "predictions-failures": () => predictionsFailures(failures, 4),
  "predictions-stealing": () => predictionsStealing(stealing),
};

testFigures(figures);

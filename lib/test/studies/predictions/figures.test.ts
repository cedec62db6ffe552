import { from } from "arquero";
import type { Figure } from "../../../src/drawing/figure.ts";
import { predictionsCliff } from "../../../src/studies/predictions/figures/predictions-cliff.ts";
import { predictionsDelays } from "../../../src/studies/predictions/figures/predictions-delays.ts";
import { predictionsFailures } from "../../../src/studies/predictions/figures/predictions-failures.ts";
import { predictionsScaling } from "../../../src/studies/predictions/figures/predictions-scaling.ts";
import { predictionsStealing } from "../../../src/studies/predictions/figures/predictions-stealing.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const executors = ["run-queue", "pinned"];
const pools = [4, 64, 1024, 16_384];

/** Small made-up predictions with the shapes of real ones; nothing here was computed by a model. */
const delays = from(
  executors.flatMap((executor, e) =>
    [0, 1, 3, 4, 6].map((blockers) => {
      const late = e === 1 ? blockers > 0 : blockers >= 4;
      const p99 = late ? 41 : 0.5;
      const mean = late ? 4 * blockers : 0.2;
      return {
        executor,
        blockers,
        ...{ p99Ms: p99, p99LowMs: p99 * 0.9, p99HighMs: p99 * 1.2, p99ModelMs: p99 * 0.95 },
        ...{ meanMs: mean, meanLowMs: mean * 0.9, meanHighMs: mean * 1.1, meanModelMs: mean * 0.9 },
        p99FormulaMs: late ? 40 : 0.5,
        meanFormulaMs: mean * 0.95,
      };
    }),
  ),
);

const failures = from(
  executors.flatMap((executor) =>
    [1, 15, 20, 30, 50].map((clients) => {
      const failureShare = Math.max(0, clients - 15) / 40;
      return {
        executor,
        clients,
        failureShare,
        failureLowShare: failureShare * 0.8,
        failureHighShare: failureShare * 1.1,
        modelShare: failureShare * 0.9,
      };
    }),
  ),
);

const cliffs = from(
  ["in step", "out of step"].flatMap((pattern, p) =>
    pools.flatMap((workers) =>
      [0.5, 1, 1.5].map((share) => ({
        pattern,
        workers,
        share,
        p99Ms: share < 1 ? 0 : p === 0 ? 40 : (share - 1) * 50 + 100 / workers,
      })),
    ),
  ),
);

const scaling = from(
  executors.flatMap((executor) =>
    pools.slice(0, 3).flatMap((workers, w) =>
      [1.5, 6, 8, 12].map((perWorker) => ({
        executor,
        workers,
        perWorker,
        failureShare: Math.min(1, Math.max(0, perWorker - 4 - w) / 7),
        knee: 5 / 3,
      })),
    ),
  ),
);

const schedulers = [
  "shared queue",
  "stealing, timer thread",
  "stealing, timers on a worker",
  "the same without slot",
];
const stealing = from(
  ["yields", "sleeps 25 ms"].flatMap((blocking, b) =>
    schedulers.flatMap((scheduler, s) =>
      [0, 1, 4].map((blockers) => ({
        blocking,
        scheduler,
        workers: 4,
        blockers,
        p99Ms: blockers === 4 || (b === 1 && s >= 2 && blockers > 0) ? 40 + 2 * s : 0.9 + 0.1 * s,
      })),
    ),
  ),
);

const figures: Readonly<Record<string, () => Figure>> = {
  "predictions-delays": () => predictionsDelays(delays, 4),
  "predictions-failures": () => predictionsFailures(failures, 4),
  "predictions-cliff": () => predictionsCliff(cliffs),
  "predictions-scaling": () => predictionsScaling(scaling),
  "predictions-stealing": () => predictionsStealing(stealing),
};

testFigures(figures);

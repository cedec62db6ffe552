import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import type { PoolKneeRow, PoolRate } from "../../../src/studies/early-detection/analysis.ts";
import { earlyDetectionPools, earlyDetectionScaled } from "../../../src/studies/early-detection/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const none = { estimate: null, low: null, high: null };

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const rates: PoolRate[] = [1, 2, 4].flatMap((workers) =>
  [1, 2, 3, 4].map((perWorker) => {
    const share = Math.min(1, (perWorker / 6) ** 2 / Math.sqrt(workers));
    return {
      workers,
      connections: workers * perWorker,
      ...{ runs: 6, requests: 1000, falseTimeouts: 0 },
      ...intervalColumns("plainFailure", "Share", none),
      ...intervalColumns("blockingFailure", "Share", none),
      ...intervalColumns("goodput", "", none),
      ...intervalColumns("p50", "Ms", none),
      ...intervalColumns("p99", "Ms", none),
      ...intervalColumns("deadWork", "Share", none),
      failureShare: share,
      failureLowShare: share * 0.8,
      failureHighShare: Math.min(1, share * 1.2),
    };
  }),
);
const knees: PoolKneeRow[] = [1, 2, 4].map((workers) => ({
  workers,
  knee: workers === 2 ? null : 2.5 * workers,
  kneeLow: workers === 2 ? null : 2.2 * workers,
  kneeHigh: workers === 2 ? null : 2.9 * workers,
  ...intervalColumns("kneePerWorker", "", none),
  lawConnections: (5 / 3) * workers,
  ...intervalColumns("earlier", "", none),
  fewerWorkers: 4 / workers,
}));

testFigures({
  "early-detection-pools": () => earlyDetectionPools(rates, knees),
  "early-detection-scaled": () => earlyDetectionScaled(rates, knees),
});

test("a profile that measured nothing gives figures all the same", () => {
  expect(() => {
    figureFile(earlyDetectionPools([], []));
    figureFile(earlyDetectionScaled([], []));
  }).not.toThrow();
});

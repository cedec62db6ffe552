import { type ColumnTable, from } from "arquero";
import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { earlyDetectionPools, earlyDetectionScaled } from "../../../src/studies/early-detection/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const rates: ColumnTable = from(
  [1, 2, 4].flatMap((workers) =>
    [1, 2, 3, 4].map((perWorker) => {
      const share = Math.min(1, (perWorker / 6) ** 2 / Math.sqrt(workers));
      return {
        workers,
        connections: workers * perWorker,
        failureShare: share,
        failureLowShare: share * 0.8,
        failureHighShare: Math.min(1, share * 1.2),
      };
    }),
  ),
);
const knees: ColumnTable = from(
  [1, 2, 4].map((workers) => ({
    workers,
    knee: workers === 2 ? null : 2.5 * workers,
    kneeLow: workers === 2 ? null : 2.2 * workers,
    kneeHigh: workers === 2 ? null : 2.9 * workers,
    lawConnections: (5 / 3) * workers,
  })),
);

testFigures({
  "early-detection-pools": () => earlyDetectionPools(rates, knees),
  "early-detection-scaled": () => earlyDetectionScaled(rates, knees),
});

test("a profile that measured nothing gives figures all the same", () => {
  const none = from([] as object[]);
  expect(() => {
    figureFile(earlyDetectionPools(none, none));
    figureFile(earlyDetectionScaled(none, none));
  }).not.toThrow();
});

import { expect, test } from "vitest";
import type { GoodputOverTime, ServiceRate } from "../../../src/studies/http-service/analysis.ts";
import {
  httpServiceBurst,
  httpServiceFailures,
  treatmentStyles,
} from "../../../src/studies/http-service/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const treatments = ["as-is", "offloaded", "abort-queued", "skip-expired"] as const;
const none = { estimate: null, low: null, high: null };

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const rates: ServiceRate[] = treatments.flatMap((treatment, t) =>
  [8, 15, 30, 50].map((connections) => {
    const share = Math.min(1, connections / 50) / (t + 1);
    return {
      treatment,
      load: "closed-loop" as const,
      connections,
      ...{ workers: 4, retries: 0, runs: 5, requests: 1000, falseTimeouts: 0 },
      ...intervalColumns("failure", "Share", none),
      ...intervalColumns("goodput", "", none),
      ...intervalColumns("p50", "Ms", none),
      ...intervalColumns("p99", "Ms", none),
      ...intervalColumns("deadWork", "Share", none),
      plainFailureShare: share,
      plainFailureLowShare: share * 0.9,
      plainFailureHighShare: Math.min(1, share * 1.1),
      blockingFailureShare: Math.sqrt(share),
      blockingFailureLowShare: null,
      blockingFailureHighShare: null,
    };
  }),
);

const overTime: GoodputOverTime[] = (["as-is", "abort-queued"] as const).flatMap((treatment, t) =>
  [0, 2].flatMap((retries) =>
    Array.from({ length: 20 }, (_, step) => {
      const bursting = step >= 4 && step < 8;
      const lost = t === 0 && step >= 4 && (retries > 0 || step < 14);
      return {
        treatment,
        retries,
        runs: 5,
        ...intervalColumns("sent", "", none),
        seconds: (step + 0.5) / 4,
        offered: bursting ? 480 : 160,
        goodput: lost ? 0 : bursting ? 230 : 160,
        goodputLow: lost ? 0 : 150,
        goodputHigh: lost ? 4 : 240,
      };
    }),
  ),
);

testFigures({
  "http-service-failures": () => httpServiceFailures(rates),
  "http-service-burst": () => httpServiceBurst(overTime),
});

test("treatments look different", () => {
  expect(new Set(treatments.map((name) => treatmentStyles[name].color)).size).toBe(treatments.length);
});

import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { tokio } from "../../../src/studies/tokio/index.ts";
import type { RearmDelay } from "../../../src/studies/tokio-delay/analysis.ts";
import { tokioDelayRearming } from "../../../src/studies/tokio-delay/figures.ts";
import type { TokioRequestFailures } from "../../../src/studies/tokio-requests/analysis.ts";
import { tokioRequestsPlacement } from "../../../src/studies/tokio-requests/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const systems = [
  ["tokio", "on"],
  ["tokio", "off"],
  ["run-queue", "none"],
  ["piscina", "none"],
  ["pinned", "none"],
] as const;

const none = { estimate: null, low: null, high: null };
const unmeasured = {
  span: "five",
  probes: 50,
  runs: 10,
  ...intervalColumns("p50", "Ms", none),
  ...intervalColumns("p99", "Ms", none),
} as const;

const delays: readonly RearmDelay[] = systems.flatMap(([executor, lifoSlot], s) =>
  (["contiguous", "yield", "sleep-1", "sleep-5", "sleep-10"] as const).flatMap((rearm, r) =>
    [0, 1, 3, 4, 5]
      .filter((blockers) => blockers > 0 || rearm === "yield")
      .map((blockers) => {
        const p99Blocks = blockers >= 4 ? (r === 0 ? 4.9 : 1 + 0.1 * s) : 0.02 * (s + 1) * (r + 1);
        const bounds = { p99LowBlocks: p99Blocks * 0.8, p99HighBlocks: p99Blocks * 1.2 };
        return { ...unmeasured, executor, lifoSlot, rearm, blockers, p99Blocks, ...bounds };
      }),
  ),
);

const failures: readonly TokioRequestFailures[] = (["before-deadline", "inside-deadline"] as const).flatMap(
  (placement, p) =>
    [10, 20, 30, 50].map((clients) => {
      const failureShare = Math.min(0.95, 0.02 * p * clients + (clients > 20 ? 0.3 : 0));
      const bounds = { failureLowShare: failureShare * 0.9, failureHighShare: failureShare * 1.05 };
      const levels = { lifoSlot: "on", load: "closed-loop", placement, clients } as const;
      return { ...levels, runs: 10, requests: 20 * clients, failureShare, ...bounds };
    }),
);

const published = tokio.published("request-timeouts");

testFigures({
  "tokio-delay-rearming": () => tokioDelayRearming(delays, 4),
  "tokio-requests-placement": () => tokioRequestsPlacement(failures, published),
});

test("a profile that measured little gives figures all the same", () => {
  const little = delays.slice(0, 1).map((row) => ({ ...row, p99LowBlocks: null, p99HighBlocks: null }));
  expect(() => {
    figureFile(tokioDelayRearming(little, 4));
    figureFile(tokioRequestsPlacement([], published));
  }).not.toThrow();
});

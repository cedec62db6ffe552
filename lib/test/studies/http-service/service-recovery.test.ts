import { expect, test } from "vitest";
import { goodputOverTime, serviceRecovery } from "../../../src/studies/http-service/analysis.ts";
import { burstPhases } from "../../../src/tables/burst-phases.ts";
import { served, servedDataset } from "./served.ts";

const endMs = burstPhases.beforeMs + burstPhases.burstMs + burstPhases.afterMs;
const burstEndMs = burstPhases.beforeMs + burstPhases.burstMs;

/** A request every 10 ms that fails between the burst's beginning and the given time; its retry succeeds if told so. */
function burst(run: number, wellFromMs: number, retried = false) {
  return Array.from({ length: endMs / 10 }, (_, request) => {
    const ms = request * 10;
    const well = ms < burstPhases.beforeMs || ms >= wellFromMs;
    const row = { run, request, load: "burst", retries: 2, beganUs: ms * 1000, latencyUs: 1000 } as const;
    const first = served({ ...row, outcome: well ? "completed" : "timed-out" });
    const retry = served({ ...row, attempt: 1, beganUs: ms * 1000 + 1000, outcome: "completed" });
    return well || !retried ? [first] : [first, retry];
  }).flat();
}

const recovery = (...rows: Parameters<typeof servedDataset>[0][]) =>
  serviceRecovery(servedDataset(rows.flat()))[0];

test("a service that is well from a second after the burst recovered in a second", () => {
  expect(recovery(burst(1, burstEndMs + 1000), burst(2, burstEndMs + 1000))).toMatchObject({
    runs: 2,
    recoveredRuns: 2,
    recoveryMs: 1000,
    beforeShare: 1,
    lastSecondShare: 1,
  });
});

test("one run that never recovers leaves the time to recovery missing", () => {
  expect(recovery(burst(1, burstEndMs + 1000), burst(2, endMs))).toMatchObject({
    recoveredRuns: 1,
    recoveryMs: null,
    lastSecondShare: 0.5,
  });
});

test("a request whose retry was answered has succeeded", () => {
  expect(recovery(burst(1, endMs, true))).toMatchObject({ recoveryMs: 0, lastSecondShare: 1 });
});

test("goodput over time counts answers where they came, offers where they were meant", () => {
  const steps = goodputOverTime(servedDataset(burst(1, endMs, true)));
  expect(steps).toHaveLength(endMs / 250);
  expect(steps[0]).toMatchObject({ seconds: 0.125, offered: 100, sent: 100, goodput: 100 });
  expect(steps[5]).toMatchObject({ offered: 100, sent: 200, goodput: 100 });
});

import { expect, test } from "vitest";
import {
  probesBesideCallers,
  type SourceSample,
  sourceHolds,
  sourceProbes,
} from "../../../src/studies/blocking-sources/analysis.ts";
import { blockingSourcesClaims } from "../../../src/studies/blocking-sources/claims.ts";
import { experiment } from "../../../src/studies/blocking-sources/experiment.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

/** One run: 8 calls and 40 probes at each number of callers; probes wait 1 ms, or up to a hold when all are held. */
function runOf(
  run: number,
  source: SourceSample["source"],
  expected: "parked" | "computing",
  holdMs: number,
  cpuShare: number,
): Partial<SourceSample>[] {
  const levels = { part: "base", source, family: "test", expected, workers: 2, run };
  return [0, 1, 2].flatMap((callers) => [
    ...Array.from({ length: callers === 0 ? 0 : 8 }, (_, i) => ({
      ...levels,
      kind: "call",
      callers,
      number: 0,
      round: i,
      heldNs: holdMs * 1e6 * (1 + i / 1000),
      cpuNs: holdMs * 1e6 * cpuShare,
      overheadNs: null,
    })),
    ...Array.from({ length: 40 }, (_, i) => ({
      ...levels,
      kind: "probe",
      callers,
      number: i,
      round: 0,
      heldNs: null,
      cpuNs: null,
      overheadNs: (callers < 2 ? 1e6 : holdMs * 1e6) * (0.5 + (i + run / 10) / 80),
    })),
  ]);
}

const data = datasetOf(
  experiment(),
  [0, 1, 2, 3].flatMap((i) => [
    ...runOf(i, "atomics-wait", "parked", 50, 0.01),
    ...runOf(4 + i, "read-slow-pipe", "parked", 60, 0.02),
    ...runOf(8 + i, "scrypt-sync", "computing", 40, 0.97),
    ...runOf(12 + i, "sort-strings", "computing", 300, 0.99),
  ]),
);

test("describes holds and finds their class from the CPU time", () => {
  const rows = sourceHolds(data);
  expect(rows.map(({ source, found, calls }) => [source, found, calls])).toEqual([
    ["atomics-wait", "parked", 32],
    ["read-slow-pipe", "parked", 32],
    ["scrypt-sync", "computing", 32],
    ["sort-strings", "computing", 32],
  ]);
  expect(rows[2]).toMatchObject({ shortestMs: 40, longestMs: expect.closeTo(40.28, 9) });
  expect(rows[0]?.holdMs).toBeCloseTo(50.175, 9);
});

test("relates what probes felt to the hold, and to what they felt with one caller less", () => {
  const rows = sourceProbes(data);
  for (const row of rows) {
    expect(row.feltShare).toBeGreaterThan(0.8);
    expect(row.feltShare).toBeLessThan(0.95);
    expect(row.belowFactor).toBeCloseTo(1, 9);
  }
  const factors = rows.map(({ factor }) => Math.round(Number(factor)));
  expect(factors).toEqual([50, 60, 40, 300]);
});

test("the claims hold where every source starves alike and CPU time tells its class", () => {
  const verdicts = blockingSourcesClaims.map(({ judge }) => judge(data).verdict);
  expect(verdicts).toEqual(["holds", "holds", "holds", "holds"]);
});

test("a computing source that the CPU time does not show fails the claim about classes", () => {
  const odd = datasetOf(
    experiment(),
    [0, 1, 2].flatMap((i) => [
      ...runOf(i, "atomics-wait", "parked", 50, 0.01),
      ...runOf(3 + i, "scrypt-sync", "computing", 40, 0.1),
    ]),
  );
  const claim = blockingSourcesClaims.find(({ id }) => id === "blocking-sources-cpu-tells-class");
  expect(claim?.judge(odd).verdict).toBe("fails");
});

test("probes that were due after the first caller had ended do not count as beside all of them", () => {
  const levels = { part: "base", source: "atomics-wait", workers: 2, run: 0, callers: 2 } as const;
  const call = (number: number, heldMs: number) => ({
    ...levels,
    kind: "call",
    number,
    round: 0,
    heldNs: heldMs * 1e6,
    overheadNs: null,
  });
  const poll = (round: number, overheadMs: number) => ({
    ...levels,
    kind: "probe",
    number: 0,
    round,
    heldNs: null,
    overheadNs: overheadMs * 1e6,
  });
  // Due at 0, 50 and 61 ms; the first caller ends at 60 ms.
  const beside = probesBesideCallers(
    datasetOf(experiment(), [poll(2, 2), call(0, 60), call(1, 90), poll(1, 1), poll(0, 40)]),
  );
  expect(beside("atomics-wait", 2)).toEqual([Float64Array.of(40e6, 1e6)]);
  expect(beside("atomics-wait", 1)).toEqual([]);
});

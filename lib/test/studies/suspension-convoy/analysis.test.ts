import { expect, test } from "vitest";
import type { Claim } from "../../../src/ledger/claim.ts";
import { suspensionCapacities, suspensionHolds } from "../../../src/studies/suspension-convoy/analysis.ts";
import { suspensionConvoyClaims } from "../../../src/studies/suspension-convoy/claims.ts";
import { experiment } from "../../../src/studies/suspension-convoy/experiment.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Sample = Partial<SampleOf<ReturnType<typeof experiment>>>;
type Variant = "bad" | "good";

const times = { lockWaitNs: null, handOverNs: null, holdNs: null, sendNs: null, latencyNs: null };
const totals = { messages: null, entries: null, spanNs: null };
const base = { executor: "run-queue", workers: 4, blockers: 0, ...times, ...totals } as const;

/** A saturating run: the other task enters the state `entries` times in a second. */
function saturating(run: number, variant: Variant, consumeUs: number, entries: number): Sample {
  const factors = { ...base, run, variant, consumeUs, load: "saturating" } as const;
  return { ...factors, row: "total", messages: 100, entries, spanNs: 1e9 };
}

/** A run on streams with 100 messages, whose holds are 1 … 100 units, and 100 events, five of them late. */
function streams(run: number, variant: Variant, unitNs: number): Sample[] {
  const factors = { ...base, run, variant, consumeUs: 1000, load: "streams" } as const;
  return Array.from({ length: 100 }, (_, i) => i).flatMap((i) => [
    { ...factors, row: "message", holdNs: (i + 1) * unitNs, lockWaitNs: 1000 },
    {
      ...factors,
      row: "event",
      holdNs: null,
      lockWaitNs: null,
      latencyNs: i < 5 ? 200_000_001 : 200_000_000,
    },
  ]);
}

const dataset = datasetOf(experiment(), [
  ...streams(1, "bad", 20_000),
  ...streams(2, "bad", 20_000),
  ...streams(3, "good", 20),
  ...streams(4, "good", 20),
  saturating(5, "bad", 5000, 199),
  saturating(6, "bad", 5000, 201),
  saturating(7, "good", 5000, 10_000),
  saturating(8, "good", 5000, 10_000),
]);

test("holds, and events later than 200 ms, by variant", () => {
  const rows = suspensionHolds(dataset);
  expect(rows.map(({ variant, holdP50Ms }) => [variant, holdP50Ms])).toEqual([
    ["bad", 1],
    ["good", 0.001],
  ]);
  expect(rows.map(({ lateShare }) => lateShare)).toEqual([0.05, 0.05]);
});

test("the law takes a turn of 0.1 ms from the good variant, and predicts 200 entries a second of the bad one", () => {
  const rows = suspensionCapacities(dataset);
  expect(rows[0]).toMatchObject({
    variant: "bad",
    consumeMs: 5,
    entriesPerSecond: 200,
    channelPerSecond: 200,
  });
  expect(rows[0]?.lawPerSecond).toBeCloseTo(200, 9);
  expect(rows[1]?.lawPerSecond).toBeCloseTo(10_000, 6);
});

test("a hold of 1 ms against 1 µs decides the first claim; the others lack their levels and say so", () => {
  const verdicts = suspensionConvoyClaims.map(({ judge }) => judge(dataset).verdict);
  expect(verdicts).toEqual(["holds", ...Array(3).fill("not testable here")]);
});

test("in a pool of one worker no hold is compared with itself", () => {
  const ofOne = (run: number, variant: Variant, unitNs: number, blockers: number) =>
    streams(run, variant, unitNs).map((row) => ({ ...row, workers: 1, blockers }));
  const data = datasetOf(
    experiment(),
    [0, 1, 2, 3].flatMap((run) => [
      ...ofOne(run, "bad", 20_000, 0),
      ...ofOne(10 + run, "bad", 200_000, 1),
      ...ofOne(20 + run, "good", 20, 1),
    ]),
  );
  const { judge } = suspensionConvoyClaims.find(({ id }) => id === "suspension-convoy-blockers") as Claim<
    typeof data
  >;
  expect(judge(data)).toMatchObject({
    verdict: "not testable here",
    reason: expect.stringContaining("a pool of one worker leaves none free beside a blocker"),
    parts: { shown: "bad at K = W − 1", hold: 2, open: 1 },
  });
});

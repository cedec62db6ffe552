import type { ColumnTable } from "arquero";
import { collapseClients, kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { type Handed, numberAt } from "../../summary/handed.ts";

/** The tables that the predictions notebook has made. */
export interface PredictionSummaries {
  readonly delays: ColumnTable;
  readonly failures: ColumnTable;
  readonly errors: ColumnTable;
  /** What `predictionErrors` gives for the failures in open loop. */
  readonly openErrors: ColumnTable;
  readonly cliffs: ColumnTable;
  readonly scaling: ColumnTable;
  readonly stealing: ColumnTable;
}

/** A rate above this counts as trouble, here as in the request-timeouts notebook. */
const troubleShare = 0.05;

/**
 * Names the numbers that the article cites: how far predictions are off, where half of the requests fail, and what the
 * simulator says about pools that were not measured. Null where a table has no such row.
 */
export function predictionValues(
  { delays, failures, errors, openErrors, cliffs, scaling, stealing }: PredictionSummaries,
  workers: number,
): Handed {
  const atCliff = { executor: "run-queue", blockers: workers };
  const largest = (executor: string, quantity: string, column: string) =>
    numberAt(errors, { executor, quantity, model: "simulator" }, column);
  const openError = (executor: string) =>
    numberAt(openErrors, { executor, quantity: "failure rate", model: "simulator" }, "largestErrorShare");
  const half = (column: string) => crossing(failures, { executor: "run-queue" }, "clients", column, 0.5);
  const outOfStep = (pool: number) =>
    numberAt(cliffs, { pattern: "out of step", workers: pool, blockers: pool }, "p99Ms");
  const perWorker = (pool: number, share: number) =>
    crossing(scaling, { executor: "run-queue", workers: pool }, "perWorker", "failureShare", share);
  const onWorker = { scheduler: "stealing, timers on a worker" };
  return {
    p99FormulaAtMs: numberAt(delays, atCliff, "p99FormulaMs"),
    p99MeasuredAtMs: numberAt(delays, atCliff, "p99Ms"),
    errorMeanRunQueueMs: largest("run-queue", "mean", "largestErrorMs"),
    errorMeanPinnedMs: largest("pinned", "mean", "largestErrorMs"),
    errorFailureRunQueueShare: largest("run-queue", "failure rate", "largestErrorShare"),
    errorFailurePinnedShare: largest("pinned", "failure rate", "largestErrorShare"),
    errorFailureApartShare: numberAt(
      errors,
      { executor: "pinned", quantity: "failure rate", model: "timers apart" },
      "largestErrorShare",
    ),
    errorOpenRunQueueShare: openError("run-queue"),
    errorOpenPinnedShare: openError("pinned"),
    halfMeasuredClients: half("failureShare"),
    halfFormulaClients: collapseClients({ ...publishedRequests, workers }),
    kneePerWorker: kneeClients({ ...publishedRequests, workers: 1 }),
    outOfStepSmallMs: outOfStep(4),
    outOfStepLargeMs: outOfStep(16_384),
    troubleSmallPerWorker: perWorker(4, troubleShare),
    troubleLargePerWorker: perWorker(256, troubleShare),
    stealingOneMs: numberAt(stealing, { ...onWorker, blocking: "sleeps 25 ms", blockers: 1 }, "p99Ms"),
    stealingAtMs: numberAt(stealing, { ...onWorker, blocking: "yields", blockers: 4 }, "p99Ms"),
  };
}

/** Finds by interpolation where a rising column passes a level; null if it does not within the table. */
function crossing(
  table: ColumnTable,
  where: Readonly<Record<string, string | number>>,
  x: string,
  y: string,
  level: number,
): number | null {
  const points = (table.objects() as Record<string, unknown>[])
    .filter((row) => Object.entries(where).every(([name, value]) => row[name] === value))
    .map((row) => ({ x: Number(row[x]), y: Number(row[y]) }))
    .sort((a, b) => a.x - b.x);
  const next = points.findIndex((point) => point.y >= level);
  const [before, after] = [points[next - 1], points[next]];
  if (before === undefined || after === undefined) return null;
  return before.x + ((level - before.y) / (after.y - before.y)) * (after.x - before.x);
}

import { collapseClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import type { StealingStalls } from "../../model/stealing-stalls.ts";
import type { Handed } from "../../summary/handed.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import type { ConvoyPrediction, RemedyPrediction } from "./analysis/queues.ts";
import type { DelayPrediction, FailurePrediction, PredictionError } from "./analysis/sweeps.ts";

/** The tables that the predictions notebook has made. */
export interface PredictionSummaries {
  readonly delays: readonly DelayPrediction[];
  readonly failures: readonly FailurePrediction[];
  readonly errors: readonly PredictionError[];
  /** What `predictionErrors` gives for the failures in open loop. */
  readonly openErrors: readonly PredictionError[];
  readonly convoy: readonly ConvoyPrediction[];
  readonly remedies: readonly RemedyPrediction[];
  readonly stealing: readonly StealingStalls[];
}

/**
 * Names the numbers that the article cites: how far predictions are off, where half of the requests fail, and what the
 * simulator says of convoy, remedies and other schedulers. Null where a table has no such row.
 */
export function predictionValues(
  { delays, failures, errors, openErrors, convoy, remedies, stealing }: PredictionSummaries,
  workers: number,
): Handed {
  const atCliff = { executor: "run-queue", blockers: workers } as const;
  type Modelled = PredictionError["executor"];
  const largest = (
    executor: Modelled,
    quantity: PredictionError["quantity"],
    column: "largestErrorMs" | "largestErrorShare",
  ) => valueAt(errors, { executor, quantity, model: "simulator" }, column);
  const openError = (executor: Modelled) =>
    valueAt(openErrors, { executor, quantity: "failure rate", model: "simulator" }, "largestErrorShare");
  const atConvoy = { tasks: 100, blockers: workers };
  const onWorker = { scheduler: "stealing, timers on a worker" } as const;
  return {
    p99FormulaAtMs: valueAt(delays, atCliff, "p99FormulaMs"),
    p99MeasuredAtMs: valueAt(delays, atCliff, "p99Ms"),
    errorMeanRunQueueMs: largest("run-queue", "mean", "largestErrorMs"),
    errorMeanPinnedMs: largest("pinned", "mean", "largestErrorMs"),
    errorFailureRunQueueShare: largest("run-queue", "failure rate", "largestErrorShare"),
    errorFailurePinnedShare: largest("pinned", "failure rate", "largestErrorShare"),
    errorFailureApartShare: valueAt(
      errors,
      { executor: "pinned", quantity: "failure rate", model: "timers apart" },
      "largestErrorShare",
    ),
    errorOpenRunQueueShare: openError("run-queue"),
    errorOpenPinnedShare: openError("pinned"),
    halfMeasuredClients: crossing(
      rowsOf(failures, { executor: "run-queue" }).map((row) => [row.clients, row.failureShare]),
      0.5,
    ),
    halfFormulaClients: collapseClients({ ...publishedRequests, workers }),
    convoyModelShare: valueAt(convoy, atConvoy, "modelShare"),
    convoyMeasuredShare: valueAt(convoy, atConvoy, "failureShare"),
    remedyAsIsModelMs: valueAt(remedies, { remedy: "as-is" }, "p95ModelMs"),
    remedyAsIsMs: valueAt(remedies, { remedy: "as-is" }, "p95Ms"),
    remedyChunkedModelMs: valueAt(remedies, { remedy: "chunked" }, "p95ModelMs"),
    remedyChunkedMs: valueAt(remedies, { remedy: "chunked" }, "p95Ms"),
    stealingOneMs: valueAt(stealing, { ...onWorker, blocking: "sleeps 25 ms", blockers: 1 }, "p99Ms"),
    stealingAtMs: valueAt(stealing, { ...onWorker, blocking: "yields", blockers: 4 }, "p99Ms"),
  };
}

/** Finds by interpolation where a rising curve of [x, y] passes a level; null if it does not within the points. */
function crossing(curve: readonly (readonly [number, number | null])[], level: number): number | null {
  const points = curve.flatMap(([x, y]) => (y === null ? [] : [{ x, y }])).sort((a, b) => a.x - b.x);
  const next = points.findIndex(({ y }) => y >= level);
  const [before, after] = [points[next - 1], points[next]];
  if (before === undefined || after === undefined) return null;
  return before.x + ((level - before.y) / (after.y - before.y)) * (after.x - before.x);
}

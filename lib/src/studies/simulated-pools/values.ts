import type { Handed } from "../../summary/handed.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import {
  type SimulatedCliff,
  type SimulatedKnee,
  type SimulatedPoolsData,
  simulationCosts,
} from "./analysis.ts";

/**
 * Names the numbers that the article cites, of the smallest and the largest pool of each kind; null where the profile did not
 * measure a value.
 */
export function simulatedPoolsValues(
  dataset: SimulatedPoolsData,
  cliffs: readonly SimulatedCliff[],
  knees: readonly SimulatedKnee[],
): Handed {
  const { runs } = dataset.manifest;
  const [least, most] = ends(cliffs.map(({ workers }) => workers));
  const queues = rowsOf(knees, { executor: "run-queue" });
  const [small, large] = ends(queues.map(({ workers }) => workers));
  const [, largest] = ends(rowsOf(knees, { executor: "pinned" }).map(({ workers }) => workers));
  const cliff = (load: SimulatedCliff["load"], workers: number, blocked: SimulatedCliff["blocked"]) =>
    valueAt(cliffs, { load, workers, blocked }, "p99Ms");
  const knee = (
    executor: SimulatedKnee["executor"],
    workers: number,
    column: "onsetPerWorker" | "halfPerWorker",
  ) => valueAt(knees, { executor, workers }, column);
  const costs = simulationCosts(dataset);
  const sweepCost = rowsOf(costs, { load: "out-of-step", workers: most });
  const requestCost = rowsOf(costs, { load: "requests", workers: large });
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    smallest: least,
    largest: most,
    inStepSmallMs: cliff("in-step", least, "all"),
    inStepLargeMs: cliff("in-step", most, "all"),
    inStepBelowLargeMs: cliff("in-step", most, "all-but-one"),
    outOfStepSmallMs: cliff("out-of-step", least, "all"),
    outOfStepThousandMs: cliff("out-of-step", 1024, "all"),
    outOfStepLargeMs: cliff("out-of-step", most, "all"),
    quarterMoreLargeMs: cliff("out-of-step", most, "a-quarter-more"),
    largestWithRequests: large,
    busyPerWorker: queues[0]?.busyLawPerWorker ?? null,
    onsetSmallPerWorker: knee("run-queue", small, "onsetPerWorker"),
    onsetSmallLowPerWorker: valueAt(queues, { workers: small }, "onsetLowPerWorker"),
    onsetSmallHighPerWorker: valueAt(queues, { workers: small }, "onsetHighPerWorker"),
    halfSmallPerWorker: knee("run-queue", small, "halfPerWorker"),
    onsetLargePerWorker: knee("run-queue", large, "onsetPerWorker"),
    onsetLargeLowPerWorker: valueAt(queues, { workers: large }, "onsetLowPerWorker"),
    onsetLargeHighPerWorker: valueAt(queues, { workers: large }, "onsetHighPerWorker"),
    halfLargePerWorker: knee("run-queue", large, "halfPerWorker"),
    onsetPinnedSmallPerWorker: knee("pinned", small, "onsetPerWorker"),
    onsetPinnedLargePerWorker: knee("pinned", largest, "onsetPerWorker"),
    bytesPerWorkerSweep: sweepCost[0]?.bytesPerWorker ?? null,
    bytesPerWorkerRequests: requestCost[0]?.bytesPerWorker ?? null,
    mostEvents: requestCost[0]?.events ?? null,
    eventsPerSecond: requestCost[0]?.eventsPerSecond ?? null,
  };
}

function ends(sizes: readonly number[]): readonly [least: number, most: number] {
  return [Math.min(...sizes), Math.max(...sizes)];
}

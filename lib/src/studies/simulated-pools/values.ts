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
  const cliff = (load: SimulatedCliff["load"], workers: number | null, blocked: SimulatedCliff["blocked"]) =>
    workers === null ? null : valueAt(cliffs, { load, workers, blocked }, "p99Ms");
  const knee = (
    executor: SimulatedKnee["executor"],
    workers: number | null,
    column: "onsetPerWorker" | "onsetLowPerWorker" | "onsetHighPerWorker" | "halfPerWorker",
  ) => (workers === null ? null : valueAt(knees, { executor, workers }, column));
  const costs = simulationCosts(dataset);
  const sweepCost = costs.find(({ load, workers }) => load === "out-of-step" && workers === most);
  const requestCost = costs.find(({ load, workers }) => load === "requests" && workers === large);
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
    onsetSmallLowPerWorker: knee("run-queue", small, "onsetLowPerWorker"),
    onsetSmallHighPerWorker: knee("run-queue", small, "onsetHighPerWorker"),
    halfSmallPerWorker: knee("run-queue", small, "halfPerWorker"),
    onsetLargePerWorker: knee("run-queue", large, "onsetPerWorker"),
    onsetLargeLowPerWorker: knee("run-queue", large, "onsetLowPerWorker"),
    onsetLargeHighPerWorker: knee("run-queue", large, "onsetHighPerWorker"),
    halfLargePerWorker: knee("run-queue", large, "halfPerWorker"),
    onsetPinnedSmallPerWorker: knee("pinned", small, "onsetPerWorker"),
    onsetPinnedLargePerWorker: knee("pinned", largest, "onsetPerWorker"),
    bytesPerWorkerSweep: sweepCost?.bytesPerWorker ?? null,
    bytesPerWorkerRequests: requestCost?.bytesPerWorker ?? null,
    mostEvents: requestCost?.events ?? null,
    eventsPerSecond: requestCost?.eventsPerSecond ?? null,
  };
}

function ends(sizes: readonly number[]): readonly [least: number | null, most: number | null] {
  return sizes.length === 0 ? [null, null] : [Math.min(...sizes), Math.max(...sizes)];
}

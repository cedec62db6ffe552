import { kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { type Crossing, thresholdCrossing } from "../../stats/threshold-crossing.ts";
import { confidenceLevel } from "../../summary/confidence-level.ts";
import { crossingOf, type Estimate, missing, ratioOf, scaled } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";
import { type ServiceRate, serviceRuns } from "../http-service/index.ts";
import type { experiment } from "./experiment.ts";

export type EarlyDetectionData = Dataset<ReturnType<typeof experiment>>;

export type PoolRate = ServiceRate<EarlyDetectionData["declaration"]>;
export type PoolKneeRow = ReturnType<typeof poolKnees>[number];

/** Where the failure rate of a pool of one size passes 5 %. */
export interface PoolKnee {
  readonly workers: number;
  readonly onset: Crossing;
}

/** Finds the knee of each pool size between the numbers of connections that bracket it. */
export function findPoolKnees(dataset: EarlyDetectionData): readonly PoolKnee[] {
  const cells = serviceRuns(dataset, { by: ["workers", "connections"] });
  const counts = [...new Set(cells.map(({ levels }) => levels.workers))];
  return counts.map((workers) => {
    const levels = cells
      .filter(({ levels }) => levels.workers === workers)
      .map(({ levels, runs }) => ({
        at: levels.connections,
        failures: runs.map((ofRun) => ofRun.filter(({ completed }) => !completed).length),
        requests: runs.map(({ length }) => length),
      }));
    return { workers, onset: thresholdCrossing(levels, 0.05, confidenceLevel()) };
  });
}

/**
 * Sets the knees of all pool sizes beside each other and beside the law N* = W (D + Z) / D: where 5 % of the requests
 * fail, in connections and in connections a worker; the law's number; and by which factor the knee of the main pool lies
 * higher, beside the factor of the workers.
 */
export function poolKnees(dataset: EarlyDetectionData) {
  const knees = findPoolKnees(dataset);
  const main = mainWorkers(dataset);
  return knees.map(({ workers, onset }) => ({
    workers,
    ...intervalColumns("knee", "", crossingOf(onset)),
    ...intervalColumns("kneePerWorker", "", crossingOf(onset), 1 / workers),
    lawConnections: kneeClients({ ...publishedRequests, workers }),
    ...intervalColumns("earlier", "", kneeRatio(knees, main, workers)),
    fewerWorkers: main / workers,
  }));
}

/** Estimates by which factor the knee of one pool lies higher than that of another. */
export function kneeRatio(knees: readonly PoolKnee[], workers: number, than: number): Estimate {
  if (workers === than) return missing;
  return ratioOf(onsetOf(knees, workers), onsetOf(knees, than));
}

/** Estimates by which factor the knee of a pool lies above the law's number. */
export function kneeOverLaw(knees: readonly PoolKnee[], workers: number): Estimate {
  return scaled(onsetOf(knees, workers), 1 / kneeClients({ ...publishedRequests, workers }));
}

function onsetOf(knees: readonly PoolKnee[], workers: number): Estimate {
  const knee = knees.find((one) => one.workers === workers);
  return knee === undefined ? missing : crossingOf(knee.onset);
}

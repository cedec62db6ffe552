import { type ColumnTable, from } from "arquero";
import { kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { ratio } from "../../stats/contrast.ts";
import type { Interval } from "../../stats/interval.ts";
import { logisticKnee } from "../../stats/logistic-knee.ts";
import { seededRandom } from "../../stats/random.ts";
import type { Estimate } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";
import { serviceRuns } from "../http-service/analysis.ts";

/** Where the failure rate of a pool of one size passes 5 %. */
export interface PoolKnee {
  readonly workers: number;
  /** Null where the levels measured do not hold it. */
  readonly onset: Interval | null;
}

/** Finds the knee of each pool size by a logistic fit of failures over connections. */
export function findPoolKnees(dataset: Dataset): readonly PoolKnee[] {
  const cells = serviceRuns(dataset, ["workers", "connections"]);
  const counts = [...new Set(cells.map(({ levels }) => Number(levels["workers"])))];
  return counts.map((workers) => {
    const levels = cells
      .filter(({ levels }) => levels["workers"] === workers)
      .map(({ levels, runs }) => ({
        at: Number(levels["connections"]),
        failures: runs.map((ofRun) => ofRun.filter(({ completed }) => !completed).length),
        requests: runs.map(({ length }) => length),
      }));
    const knee = logisticKnee(levels, { random: seededRandom(workers) });
    return { workers, onset: knee?.onset ?? null };
  });
}

/**
 * Sets the knees of all pool sizes beside each other and beside the law N* = W (D + Z) / D: where 5 % of the requests
 * fail, in connections and in connections a worker; the law's number; and by which factor the knee of the main pool lies
 * higher, beside the factor of the workers.
 */
export function poolKnees(dataset: Dataset): ColumnTable {
  const knees = findPoolKnees(dataset);
  const main = mainWorkers(dataset);
  return from(
    knees.map(({ workers, onset }) => ({
      workers,
      ...intervalColumns("knee", "", finite(onset)),
      ...intervalColumns("kneePerWorker", "", finite(onset), 1 / workers),
      lawConnections: kneeClients({ ...publishedRequests, workers }),
      ...intervalColumns("earlier", "", kneeRatio(knees, main, workers)),
      fewerWorkers: main / workers,
    })),
  );
}

/** Estimates by which factor the knee of one pool lies higher than that of another. */
export function kneeRatio(knees: readonly PoolKnee[], workers: number, than: number): Estimate {
  const of = (count: number) => knees.find((knee) => knee.workers === count)?.onset ?? null;
  const [a, b] = [of(workers), of(than)];
  if (workers === than || a === null || b === null) return finite(null);
  return finite(ratio(a, b));
}

/** Estimates by which factor a knee lies above the law's number. */
export function kneeOverLaw({ workers, onset }: PoolKnee): Estimate {
  const law = kneeClients({ ...publishedRequests, workers });
  const { estimate, low, high } = finite(onset);
  const over = (value: number | null) => (value === null ? null : value / law);
  return { estimate: over(estimate), low: over(low), high: over(high) };
}

/** A bound that the runs do not hold (they do not exclude that the rate never gets there) is missing. */
function finite(interval: Pick<Interval, "estimate" | "low" | "high"> | null): Estimate {
  const value = (bound: number | undefined) => (bound !== undefined && Number.isFinite(bound) ? bound : null);
  return {
    estimate: value(interval?.estimate),
    low: value(interval?.low),
    high: value(interval?.high),
  };
}

import { publishedRequests } from "../../model/request-load.ts";
import { ratio } from "../../stats/contrast.ts";
import type { Interval } from "../../stats/interval.ts";
import { meanInterval } from "../../stats/mean-interval.ts";
import type { Dataset } from "../../tables/load.ts";
import type { Estimate } from "../estimate.ts";
import { poolRequests } from "./pool-requests.ts";

/** With so many clients a worker all workers are busy, and hardly a request has to be cut off. */
const busyPerWorker = 4;

/**
 * Estimates the number of clients at which the workers become the bottleneck: N·R(1) / R(N), with R(1) the mean latency of
 * a request that never waits and R(N) that with all workers busy. By Little's law N / R(N) is what the workers complete,
 * and that many requests need R(1) each.
 *
 * Both means are those of the design's share of blocking requests, whatever the share in the run.
 */
export function busyClients(dataset: Dataset, workers: number): Estimate | null {
  const alone = meanLatency(dataset, workers, workers);
  const busy = meanLatency(dataset, workers, busyPerWorker * workers);
  const bounds = alone && busy && ratio(alone, busy);
  return (
    bounds && {
      estimate: bounds.estimate * busyPerWorker * workers,
      low: bounds.low * busyPerWorker * workers,
      high: bounds.high * busyPerWorker * workers,
    }
  );
}

function meanLatency(dataset: Dataset, workers: number, clients: number): Interval | null {
  const means = (blocking: boolean) =>
    poolRequests(dataset, { workers, load: clients, blocking })[0]?.byRun.map(mean) ?? [];
  const [blocked, free] = [means(true), means(false)];
  const { blockingShare } = publishedRequests;
  if (blocked.length !== free.length) return null;
  return meanInterval(
    blocked.map((ofRun, run) => blockingShare * ofRun + (1 - blockingShare) * (free[run] as number)),
  );
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

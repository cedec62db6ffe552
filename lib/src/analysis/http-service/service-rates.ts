import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Estimate, meanOf, quantileOf, shareOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { goodputOf } from "./goodput.ts";
import { type ServedAttempt, serviceRuns } from "./service-runs.ts";

/**
 * Describes a service under steady load, by all factors of its experiment: failure rate of all requests and of each path,
 * goodput (answers 200 a second), latency, and the share of the workers' time that went into requests which were
 * answered 504, with 95 % intervals over runs; and false time-outs, requests whose work had ended in time. Bursts, which are not steady, are left out.
 */
export function serviceRates(dataset: Dataset): ColumnTable {
  const factors = Object.keys(dataset.manifest.parameters.factors);
  const steady = factors.includes("load") ? { load: ["closed-loop", "fixed-rate"] } : {};
  return from(
    serviceRuns(dataset, factors, steady).map(({ levels, runs }) => {
      const latencies = runs.map((ofRun) => Float64Array.from(ofRun, ({ latencyUs }) => latencyUs));
      return {
        ...levels,
        runs: runs.length,
        requests: runs.reduce((sum, { length }) => sum + length, 0),
        ...intervalColumns("failure", "Share", failureOf(runs)),
        ...intervalColumns("plainFailure", "Share", failureOf(runs, false)),
        ...intervalColumns("blockingFailure", "Share", failureOf(runs, true)),
        ...intervalColumns("goodput", "", meanOf(runs.map((ofRun) => Float64Array.of(goodputOf(ofRun))))),
        ...intervalColumns("p50", "Ms", quantileOf(latencies, 0.5), 1e-3),
        ...intervalColumns("p99", "Ms", quantileOf(latencies, 0.99), 1e-3),
        ...intervalColumns("deadWork", "Share", withinOne(meanOf(runs.map(deadWork)))),
        falseTimeouts: runs.flat().filter(({ falseTimeout }) => falseTimeout).length,
      };
    }),
  );
}

/** Estimates the share of requests that were not answered 200: of all, or of those on one path. */
export function failureOf(runs: readonly (readonly ServedAttempt[])[], blocking?: boolean): Estimate {
  const chosen = runs.map((ofRun) =>
    blocking === undefined ? ofRun : ofRun.filter((attempt) => attempt.blocking === blocking),
  );
  return shareOf(
    chosen.map((ofRun) => ofRun.filter(({ completed }) => !completed).length),
    chosen.map(({ length }) => length),
  );
}

function deadWork(attempts: readonly ServedAttempt[]): Float64Array {
  const held = (some: readonly ServedAttempt[]) => some.reduce((sum, { heldUs }) => sum + (heldUs ?? 0), 0);
  const all = held(attempts);
  return all === 0
    ? new Float64Array()
    : Float64Array.of(held(attempts.filter(({ completed }) => !completed)) / all);
}

/** Cuts the interval of a mean of shares at what a share can be. */
function withinOne({ estimate, low, high }: Estimate): Estimate {
  return {
    estimate,
    low: low === null ? null : Math.max(0, low),
    high: high === null ? null : Math.min(1, high),
  };
}

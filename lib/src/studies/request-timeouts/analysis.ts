import { sum } from "simple-statistics";
import { wilsonInterval } from "../../stats/wilson-interval.ts";
import { type Cell, cells, sampleCount, type Where } from "../../summary/cells.ts";
import { quantileOf, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type RequestTimeouts = ReturnType<typeof experiment>;
export type RequestTimeoutsData = Dataset<RequestTimeouts>;
export type RequestLevels = Where<RequestTimeouts>;

export type FailureRate = ReturnType<typeof failureRates>[number];
export type VictimFailures = ReturnType<typeof failureVictims>[number];
export type RequestLatencies = ReturnType<typeof requestLatencies>[number];

/**
 * Counts the requests that did not complete, by executor × workers × load × clients: the failure rate with its Wilson
 * interval, which takes requests for independent, and with the interval over runs, which does not; the share that met a
 * blocked worker; and the false time-outs, requests whose work was done in time although the timer won.
 */
export function failureRates(dataset: RequestTimeoutsData) {
  const by = ["executor", "workers", "load", "clients"] as const;
  const met = cells(dataset, { value: "metBlockedWorker", by });
  const falseTimeouts = cells(dataset, { value: "falseTimeout", by });
  return failureCounts(dataset, { by }).map(({ cell, failures: failedByRun, requests: sizes }, i) => {
    const requests = sampleCount(cell);
    const failures = sum([...failedByRun]);
    return {
      ...cell.levels,
      runs: cell.byRun.length,
      requests,
      failures,
      ...intervalColumns("failure", "Share", shareOf(failedByRun, sizes)),
      ...intervalColumns("wilson", "Share", wilsonInterval(failures, requests)),
      ...intervalColumns("met", "Share", shareOf(totals(met[i]), sizes)),
      falseTimeouts: sum(totals(falseTimeouts[i])),
    };
  });
}

function totals(cell: Cell<unknown> | undefined): number[] {
  return (cell?.byRun ?? []).map((ofRun) => sum(Array.from(ofRun)));
}

/** Requests of one combination of levels, counted run by run. */
export interface FailureCounts<Levels> {
  readonly cell: Cell<Levels>;
  /** Requests of each run that did not complete, and all of them, in the order of the cell's runs. */
  readonly failures: readonly number[];
  readonly requests: readonly number[];
}

/** Counts the requests that did not complete, run by run, in each combination of levels. */
export function failureCounts<By extends keyof SampleOf<RequestTimeouts>>(
  dataset: RequestTimeoutsData,
  { by, where = {} }: { readonly by: readonly By[]; readonly where?: RequestLevels },
): FailureCounts<Pick<SampleOf<RequestTimeouts>, By>>[] {
  const completed = cells(dataset, { by, where: { ...where, outcome: "completed" }, value: "request" });
  return cells(dataset, { by, where, value: "request" }).map((cell) => {
    const fine = completed.find(({ levels }) => by.every((name) => levels[name] === cell.levels[name]));
    const requests = cell.byRun.map(({ length }) => length);
    const failures = requests.map((sent, i) => sent - completedIn(fine, cell.runs[i] as number));
    return { cell, failures, requests };
  });
}

function completedIn(completed: Cell<unknown> | undefined, run: number): number {
  return completed?.byRun[completed.runs.indexOf(run)]?.length ?? 0;
}

/**
 * Compares the failure rate of requests that blocked a worker themselves (culprits) with that of requests that never
 * did (bystanders), by executor × clients, closed loop, main worker count, with intervals over runs. Both kinds face
 * the same 100 ms: a culprit blocks before its timer starts.
 */
export function failureVictims(dataset: RequestTimeoutsData) {
  const where = { load: "closed-loop", workers: mainWorkers(dataset) } as const;
  const counted = failureCounts(dataset, { by: ["executor", "clients", "blocking"], where });
  return counted.map(({ cell, failures, requests }) => {
    const { executor, clients, blocking } = cell.levels;
    return {
      executor,
      clients,
      who: blocking ? ("culprits" as const) : ("bystanders" as const),
      runs: cell.runs.length,
      ...intervalColumns("failure", "Share", shareOf(failures, requests)),
    };
  });
}

/**
 * Describes how long requests took, failed ones until their time-out: median and 99th percentile from the (intended)
 * start, by executor × workers × load × clients, with 95 % intervals over runs.
 */
export function requestLatencies(dataset: RequestTimeoutsData) {
  const found = cells(dataset, { value: "latencyNs", by: ["executor", "workers", "load", "clients"] });
  return found.map(({ levels, byRun }) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-6),
  }));
}

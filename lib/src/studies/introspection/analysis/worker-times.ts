import { type Estimate, meanOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { IntrospectionScenario } from "../run.ts";
import { systems } from "./instrument-verdicts.ts";
import { busyShare, cpuShare } from "./instruments.ts";
import {
  type IntrospectionData,
  totalOf,
  type WatchedRow,
  type WatchedRun,
  watchedRuns,
} from "./watched-runs.ts";

export type WorkerTimes = ReturnType<typeof workerTimes>[number];

/** Ways to sort a run's workers: which of them a row of the table is about. */
const ranks = ["busiest", "idlest"] as const;

/**
 * Sets the readings of a run's busiest and idlest worker side by side, by system × workers × hold × blockers: polls, busy
 * share by the poll records, event-loop utilisation, CPU share of the thread, longest hold, event-loop delay (period
 * included), with intervals over runs. Workers are ranked within each run, since blockers move between them.
 */
export function workerTimes(dataset: IntrospectionData) {
  const rows = systems.flatMap(({ system, where }) => {
    const groups = Map.groupBy(watchedRuns(dataset, where), ({ levels }) => JSON.stringify(levels));
    return [...groups.values()].flatMap((runs) => {
      const { workers, hold, blockers } = (runs[0] as WatchedRun).levels;
      return ranks.map((worker) => {
        const rank = runs.map((run) => ranked(run, worker));
        return { system, workers, hold, blockers, worker, runs: runs.length, ...summary(rank) };
      });
    });
  });
  return rows.sort(
    (a, b) =>
      ascending(a.hold, b.hold) ||
      ascending(a.system, b.system) ||
      a.workers - b.workers ||
      a.blockers - b.blockers,
  );
}

function ascending(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function summary(rows: readonly WatchedRow[]) {
  const mean = (value: (row: WatchedRow) => number | null): Estimate =>
    meanOf(rows.map(value).flatMap((each) => (each === null ? [] : [Float64Array.of(each)])));
  const polls = mean((row) => row.polls);
  const eventLoop = mean((row) => row.utilization);
  const longestHold = mean((row) => row.longestHoldNs);
  const loopDelayP99 = mean((row) => row.loopDelayP99Ns);
  return {
    ...intervalColumns("polls", "", polls),
    ...intervalColumns("busy", "Share", mean(busyShare)),
    ...intervalColumns("eventLoop", "Share", eventLoop),
    ...intervalColumns("cpu", "Share", mean(cpuShare)),
    ...intervalColumns("longestHold", "Ms", longestHold, 1e-6),
    ...intervalColumns("loopDelayP99", "Ms", loopDelayP99, 1e-6),
  };
}

function ranked({ workers }: WatchedRun, worker: (typeof ranks)[number]): WatchedRow {
  const sorted = [...workers].sort((a, b) => busyShare(b) - busyShare(a));
  return (worker === "busiest" ? sorted.at(0) : sorted.at(-1)) as WatchedRow;
}

/**
 * Estimates the CPU time of the workers' threads as a share of the time they were held, while every worker had a blocker:
 * over all executors, for one kind of hold.
 */
export function holdCpuShare(dataset: IntrospectionData, hold: IntrospectionScenario["hold"]): Estimate {
  const counts = new Set(dataset.runs.array("workers") as Iterable<number>);
  const runs = [...counts].flatMap((workers) =>
    watchedRuns(dataset, { hold, atomics: "sync", workers, blockers: workers }),
  );
  return meanOf(
    runs.map(({ workers }) => Float64Array.of(totalOf(workers, "cpuNs") / totalOf(workers, "busyNs"))),
  );
}

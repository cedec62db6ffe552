import { type ColumnTable, from } from "arquero";
import { type Estimate, meanOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { Dataset } from "../../../tables/load.ts";
import { systems } from "./instrument-verdicts.ts";
import { numberOf, type WatchedRow, type WatchedRun, watchedRuns } from "./watched-runs.ts";

/** Ways to sort a run's workers: which of them a row of the table is about. */
const ranks = ["busiest", "idlest"] as const;

/**
 * Sets the readings of a run's busiest and idlest worker side by side, by system × workers × hold × blockers: polls, busy
 * share by the poll records, event-loop utilisation, CPU share of the thread, longest hold, event-loop delay (period
 * included), with intervals over runs. Workers are ranked within each run, since blockers move between them.
 */
export function workerTimes(dataset: Dataset): ColumnTable {
  const rows = systems.flatMap(({ system, where }) => {
    const groups = Map.groupBy(watchedRuns(dataset, where), ({ levels }) =>
      JSON.stringify([levels["workers"], levels["hold"], levels["blockers"]]),
    );
    return [...groups].flatMap(([key, runs]) => {
      const [workers, hold, blockers] = JSON.parse(key) as [number, string, number];
      return ranks.map((worker) => {
        const rank = runs.map((run) => ranked(run, worker));
        return { system, workers, hold, blockers, worker, runs: runs.length, ...summary(rank) };
      });
    });
  });
  return from(rows.sort((a, b) => a.workers - b.workers || a.blockers - b.blockers)).orderby(
    "hold",
    "system",
    "workers",
    "blockers",
  );
}

function summary(rows: readonly WatchedRow[]) {
  const mean = (value: (row: WatchedRow) => number | null): Estimate =>
    meanOf(rows.map(value).flatMap((each) => (each === null ? [] : [Float64Array.of(each)])));
  const share = (column: string) => mean((row) => Number(row[column]) / Number(row["wallNs"]));
  return {
    ...intervalColumns(
      "polls",
      "",
      mean((row) => numberOf(row, "polls")),
    ),
    ...intervalColumns("busy", "Share", share("busyNs")),
    ...intervalColumns(
      "eventLoop",
      "Share",
      mean((row) => numberOf(row, "utilization")),
    ),
    ...intervalColumns("cpu", "Share", share("cpuNs")),
    ...intervalColumns(
      "longestHold",
      "Ms",
      mean((row) => numberOf(row, "longestHoldNs")),
      1e-6,
    ),
    ...intervalColumns(
      "loopDelayP99",
      "Ms",
      mean((row) => numberOf(row, "loopDelayP99Ns")),
      1e-6,
    ),
  };
}

function ranked({ workers }: WatchedRun, worker: (typeof ranks)[number]): WatchedRow {
  const share = (row: WatchedRow) => Number(row["busyNs"]) / Number(row["wallNs"]);
  const sorted = [...workers].sort((a, b) => share(b) - share(a));
  return (worker === "busiest" ? sorted.at(0) : sorted.at(-1)) as WatchedRow;
}

import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../tables/load.ts";
import { cells } from "./cells.ts";
import { shareOf } from "./estimate.ts";
import { intervalColumns } from "./interval-columns.ts";
import { mainWorkers } from "./main-workers.ts";

const by = ["executor", "clients", "blocking"];

/**
 * Compares the failure rate of requests that blocked a worker themselves (culprits) with that of requests that never
 * did (bystanders), by executor × clients, closed loop, main worker count, with intervals over runs. Both kinds face
 * the same 100 ms: a culprit blocks before its timer starts.
 */
export function failureVictims(dataset: Dataset): ColumnTable {
  const where = { load: "closed-loop", workers: mainWorkers(dataset) };
  const all = cells(dataset, { value: "request", by, where });
  const completed = cells(dataset, { value: "request", by, where: { ...where, outcome: "completed" } });
  const rows = all.map(({ levels, runs, byRun }) => {
    const fine = completed.find((cell) => by.every((name) => cell.levels[name] === levels[name]));
    const failed = byRun.map((ofRun, i) => {
      const at = fine?.runs.indexOf(runs[i] as number) ?? -1;
      return ofRun.length - (fine?.byRun[at]?.length ?? 0);
    });
    const { executor, clients, blocking } = levels;
    return {
      executor,
      clients,
      who: blocking ? "culprits" : "bystanders",
      runs: runs.length,
      ...intervalColumns(
        "failure",
        "Share",
        shareOf(
          failed,
          byRun.map(({ length }) => length),
        ),
      ),
    };
  });
  return from(rows);
}

import type { Dataset } from "../tables/load.ts";
import { type Cell, type CellQuery, cells } from "./cells.ts";

/** Requests of one combination of levels, counted run by run. */
export interface FailureCounts {
  readonly cell: Cell;
  /** Requests of each run that did not complete, and all of them, in the order of the cell's runs. */
  readonly failures: readonly number[];
  readonly requests: readonly number[];
}

/** Counts the requests that did not complete, run by run, in each combination of levels. */
export function failureCounts(dataset: Dataset, query: Omit<CellQuery, "value">): FailureCounts[] {
  const { by, where = {} } = query;
  const all = cells(dataset, { by, where, value: "request" });
  const completed = cells(dataset, { by, where: { ...where, outcome: "completed" }, value: "request" });
  return all.map((cell) => {
    const fine = completed.find(({ levels }) => by.every((name) => levels[name] === cell.levels[name]));
    const requests = cell.byRun.map(({ length }) => length);
    const failures = requests.map((sent, i) => sent - completedIn(fine, cell.runs[i] as number));
    return { cell, failures, requests };
  });
}

function completedIn(completed: Cell | undefined, run: number): number {
  return completed?.byRun[completed.runs.indexOf(run)]?.length ?? 0;
}

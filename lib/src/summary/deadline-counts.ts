import type { Dataset } from "../tables/load.ts";
import { type Cell, type CellQuery, cells } from "./cells.ts";
import type { RunCounts } from "./estimate.ts";

/** Requests of one combination of levels, run by run. */
export interface DeadlineCounts {
  readonly levels: Cell["levels"];
  /** Requests of each run that timed out, and all of them. */
  readonly counts: RunCounts;
  readonly falseTimeouts: number;
}

/** Counts the requests that missed their deadline, from the tallies that every run of rounds keeps. */
export function deadlineCounts(
  dataset: Dataset,
  { by, where = {} }: Omit<CellQuery, "value">,
): DeadlineCounts[] {
  const query = { by, where: { ...where, kind: "tally" } };
  const timedOut = cells(dataset, { ...query, value: "timedOut" });
  const falseTimeouts = cells(dataset, { ...query, value: "falseTimeouts" });
  return cells(dataset, { ...query, value: "requests" }).map(({ levels, byRun }, i) => ({
    levels,
    counts: [(timedOut[i] as Cell).byRun.map(total), byRun.map(total)],
    falseTimeouts: (falseTimeouts[i] as Cell).byRun.reduce((sum, ofRun) => sum + total(ofRun), 0),
  }));
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

import type { Dataset } from "../../tables/load.ts";
import { type Cell, type CellQuery, cells } from "../cells.ts";

/** Rounds of one combination of factor levels, run by run. */
export interface RoundCounts {
  readonly levels: Cell["levels"];
  readonly failed: readonly number[];
  readonly rounds: readonly number[];
  readonly spansUs: readonly number[];
}

/** Counts the rounds of each run of the mutex convoy, and those that did not complete. */
export function roundCounts(dataset: Dataset, { by, where = {} }: Omit<CellQuery, "value">): RoundCounts[] {
  const query = { by, where: { ...where, row: "total" } };
  const completed = cells(dataset, { ...query, value: "rounds", by: [...by, "outcome"] }).filter(
    ({ levels }) => levels["outcome"] === "completed",
  );
  const spans = cells(dataset, { ...query, value: "spanUs" });
  return cells(dataset, { ...query, value: "rounds" }).map(({ levels, runs, byRun }, cell) => {
    const good = completed.find((other) => by.every((name) => other.levels[name] === levels[name]));
    const rounds = byRun.map(total);
    return {
      levels,
      rounds,
      failed: runs.map((run, at) => (rounds[at] as number) - completedIn(good, run)),
      spansUs: (spans[cell]?.byRun ?? []).map((ofRun) => Math.max(...ofRun)),
    };
  });
}

function completedIn(cell: Cell | undefined, run: number): number {
  const at = cell?.runs.indexOf(run) ?? -1;
  return total(cell?.byRun[at] ?? new Float64Array(0));
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

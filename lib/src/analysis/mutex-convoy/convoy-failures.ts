import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { meanOf, shareOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { type RoundCounts, roundCounts } from "./round-counts.ts";

const by = ["executor", "section", "lock", "tasks", "blockers"] as const;

/**
 * Counts the rounds of the mutex convoy that timed out, and those that completed in a second, by executor × section ×
 * lock × tasks × blockers × role. Lock "none" is the independent workload, whose tasks all do the same: role "all".
 */
export function convoyFailures(dataset: Dataset): ColumnTable {
  const cells = [
    ...roundCounts(dataset, { by, where: { lock: "none" } }).map((cell) => ({ role: "all", cell })),
    ...roundCounts(dataset, { by: [...by, "role"], where: { workload: "contention" } }).map((cell) => ({
      role: cell.levels["role"],
      cell,
    })),
  ];
  const rows = cells.map(({ role, cell }) => ({
    ...cell.levels,
    role,
    runs: cell.rounds.length,
    rounds: cell.rounds.reduce((sum, count) => sum + count, 0),
    ...intervalColumns("failure", "Share", shareOf(cell.failed, cell.rounds)),
    ...intervalColumns("completedPerSecond", "", meanOf(rates(cell))),
  }));
  return from(rows);
}

function rates({ failed, rounds, spansUs }: RoundCounts): Float64Array[] {
  return rounds.map((count, run) =>
    Float64Array.of(((count - (failed[run] as number)) * 1e6) / (spansUs[run] as number)),
  );
}

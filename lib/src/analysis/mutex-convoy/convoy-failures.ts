import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { shareOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { roundCounts } from "./round-counts.ts";

const by = ["executor", "section", "lock", "tasks", "blockers"] as const;

/**
 * Counts the rounds of the mutex convoy that timed out, by executor × section × lock × tasks × blockers and role, with
 * "all" for both roles together; lock "none" is the independent workload.
 */
export function convoyFailures(dataset: Dataset): ColumnTable {
  const rows = [
    ...roundCounts(dataset, { by }).map((cell) => ({ role: "all", ...cell })),
    ...roundCounts(dataset, { by: [...by, "role"] }).map((cell) => ({
      role: String(cell.levels["role"]),
      ...cell,
    })),
  ];
  return from(
    rows.map(({ levels, role, failed, rounds }) => ({
      ...levels,
      role,
      runs: rounds.length,
      rounds: rounds.reduce((sum, count) => sum + count, 0),
      ...intervalColumns("failure", "Share", shareOf(failed, rounds)),
    })),
  );
}

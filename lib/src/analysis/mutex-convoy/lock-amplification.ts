import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Estimate, shareDifferenceOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { roundCounts } from "./round-counts.ts";

const by = ["executor", "section", "lock", "tasks", "blockers"] as const;

/** One combination of levels of which contention is set beside independence. */
export interface ConvoyLevels {
  readonly executor: string;
  readonly section: string;
  readonly lock: string;
  readonly tasks: number;
  readonly blockers: number;
  /** Rounds of these tasks only; both roles together where it is left out. */
  readonly role?: "contender" | "bystander";
}

/**
 * Estimates what the lock adds to the failure rate of each role: contention − independence at equal executor, section,
 * tasks and blockers; the same tasks are contenders in both. Levels without an independent counterpart are left out.
 */
export function lockAmplification(dataset: Dataset): ColumnTable {
  const locked = roundCounts(dataset, { by: [...by, "role"], where: { workload: "contention" } });
  const rows = locked.map(({ levels }) => ({
    ...levels,
    ...intervalColumns("added", "Share", addedFailures(dataset, levels as unknown as ConvoyLevels)),
  }));
  return from(rows.filter(({ addedShare }) => addedShare !== null));
}

/** Estimates the added failure rate of one combination; missing where either side was not measured. */
export function addedFailures(dataset: Dataset, { role, ...levels }: ConvoyLevels): Estimate {
  const where = { ...levels, ...(role && { role }) };
  const [locked] = roundCounts(dataset, { by: [], where });
  const [free] = roundCounts(dataset, { by: [], where: { ...where, lock: "none" } });
  if (locked === undefined || free === undefined) return { estimate: null, low: null, high: null };
  return shareDifferenceOf([locked.failed, locked.rounds], [free.failed, free.rounds]);
}

import type { ExperimentTables } from "../tables/read-experiment.ts";

/**
 * Tells whether tables are of former campaigns, which saw nothing of stalls: they had other rules, and took intervals
 * otherwise. No text of a manifest says so, but the columns that are missing.
 */
export function isFormer({ describedRuns }: Pick<ExperimentTables, "describedRuns">): boolean {
  return !("stallShare" in describedRuns);
}

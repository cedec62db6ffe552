import { columnOf } from "../../tables/column-of.ts";
import type { Columns } from "../../tables/schema.ts";

/** Counts the operations of a run and those that did not complete; rows without an outcome are no operations. */
export function countFailures(samples: Columns): { failed: number; trials: number } {
  const outcomes = Array.from(columnOf(samples, "outcome")).filter((outcome) => outcome !== null);
  return { failed: outcomes.filter((outcome) => outcome !== "completed").length, trials: outcomes.length };
}

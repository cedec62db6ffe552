import type { PublishedRow } from "../../../drawing/published-rows.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";

/** Gives the Sched:Busy published of Tokio by blockers: the middle of the tasks, the least and the greatest as bounds. */
export function publishedRatios(published: readonly PublishedRow[]) {
  const rows = rowsOf(published, { metric: "sched_busy_ratio" });
  const levels = levelsOf(rows, "blockers").filter((blockers) => blockers !== null);
  return levels.map((blockers) => {
    const values = rowsOf(rows, { blockers })
      .map(({ value }) => value)
      .sort((a, b) => a - b);
    return {
      blockers,
      schedToBusy: values[Math.floor(values.length / 2)] ?? null,
      schedToBusyLow: values.at(0) ?? null,
      schedToBusyHigh: values.at(-1) ?? null,
    };
  });
}

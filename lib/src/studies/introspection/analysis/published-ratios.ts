import type { ColumnTable } from "arquero";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";

interface PublishedRow {
  readonly metric: string;
  readonly blockers: number;
  readonly value: number;
}

/** Gives the Sched:Busy published of Tokio by blockers: the middle of the tasks, the least and the greatest as bounds. */
export function publishedRatios(published: ColumnTable) {
  const rows = rowsOf(published.objects() as PublishedRow[], { metric: "sched_busy_ratio" });
  return levelsOf(rows, "blockers").map((blockers) => {
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

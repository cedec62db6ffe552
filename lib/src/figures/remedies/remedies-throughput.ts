import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { positive, rowsOf } from "../rows.ts";
import { axis } from "../theme.ts";
import { type RemedyMark, remedyPanels } from "./remedy-panels.ts";

const mark: RemedyMark = { label: "jobs a second", stem: "jobsPerSecond", unit: "", open: false };

/**
 * Draws how much of the blocking work is done in a second under each remedy.
 *
 * @param effects what `remedyEffects` gives
 */
export function remediesThroughput(effects: ColumnTable): Figure {
  const rows = rowsOf(effects, { callers: "patient" });
  const most = Math.max(
    1,
    ...rows.flatMap((row) => [positive(row["jobsPerSecond"]) ?? 0, positive(row["jobsPerSecondHigh"]) ?? 0]),
  );
  return {
    id: "remedies-throughput",
    title: "What the work itself gets",
    alt: "Jobs completed in a second by remedy, one panel for each kind of blocking work, with 95 % intervals over runs.",
    ...remedyPanels(rows, [mark], axis("Jobs a second", null, { range: [0, 1.05 * most] })),
  };
}

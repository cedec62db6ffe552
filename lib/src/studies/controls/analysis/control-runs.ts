import { type CellQuery, cells } from "../../../summary/cells.ts";
import type { Runs } from "../../../summary/estimate.ts";
import type { Dataset } from "../../../tables/load.ts";

/** What every control has unless it says otherwise; the label is left open, because it means nothing. */
const usual = {
  program: "probe",
  workers: 4,
  tasks: 50,
  cores: "as found",
  heap: "64 MB",
  recording: "on",
  priority: "equal",
  compiler: "no top tier",
} as const;

/** Takes one kind of samples, run by run, from the controls that have the given levels and else the usual ones. */
export function controlRuns(
  data: Dataset,
  kind: "overhead" | "yields" | "round-trip" | "kernel-wait" | "collection",
  levels: NonNullable<CellQuery["where"]>,
  value: "valueNs" | "thereNs" | "count" = "valueNs",
): Runs {
  return cells(data, { value, by: [], where: { ...usual, ...levels, kind } })[0]?.byRun ?? [];
}

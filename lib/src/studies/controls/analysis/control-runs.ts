import { executorNames } from "../../../executor/executors.ts";
import { cells, type NumericColumn, type Where } from "../../../summary/cells.ts";
import type { Runs } from "../../../summary/estimate.ts";
import type { Dataset } from "../../../tables/load.ts";
import type { experiment } from "../experiment.ts";

type Declared = ReturnType<typeof experiment>;
export type ControlsData = Dataset<Declared>;

/** Levels of the controls; a list means any of them. */
export type ControlLevels = Where<Declared>;

/** The systems that run probes. */
export const probedSystems = [...executorNames, "bare-timer"] as const;

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
  age: "fresh",
} as const satisfies ControlLevels;

/** Takes one kind of samples, run by run, from the controls that have the given levels and else the usual ones. */
export function controlRuns(
  data: ControlsData,
  kind: "overhead" | "yields" | "round-trip" | "kernel-wait" | "collection",
  levels: ControlLevels,
  value: NumericColumn<Declared> = "valueNs",
): Runs {
  return cells(data, { value, by: [], where: { ...usual, ...levels, kind } })[0]?.byRun ?? [];
}

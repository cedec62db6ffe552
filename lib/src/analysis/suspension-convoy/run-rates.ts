import type { Dataset } from "../../tables/load.ts";
import { type CellQuery, cells } from "../cells.ts";
import type { Runs } from "../estimate.ts";

export interface RunRates {
  readonly levels: Readonly<Record<string, string | number | boolean>>;
  /** One rate a run, per second. */
  readonly byRun: Runs;
}

/** Divides what a run's total counted by its span: messages of the coordinator, or entries of the state by others. */
export function runRates(
  dataset: Dataset,
  count: "messages" | "entries",
  { by, where = {} }: Omit<CellQuery, "value">,
): RunRates[] {
  const query = { by, where: { ...where, row: "total" } };
  const spans = cells(dataset, { ...query, value: "spanNs" });
  return cells(dataset, { ...query, value: count }).map(({ levels, byRun }, cell) => ({
    levels,
    byRun: byRun.map((counts, run) =>
      counts.map((total, at) => (total * 1e9) / (spans[cell]?.byRun[run]?.[at] ?? Number.NaN)),
    ),
  }));
}

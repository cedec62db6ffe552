import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../tables/load.ts";
import { type Cell, type CellQuery, cells } from "./cells.ts";
import { type Estimate, meanOf, quantileOf } from "./estimate.ts";
import { intervalColumns } from "./interval-columns.ts";

/**
 * Tells what the load asks of whoever turns due timers into polls, in fixed-workload or load-ramp, by all factors of the
 * experiment: the share of a core it uses, polls a second, how late it hands them over, and how late they start. Where
 * every worker has its own timers, the share is that of the busiest one, and nothing is handed over.
 */
export function dispatcherRoom(dataset: Dataset): ColumnTable {
  const by = Object.keys(dataset.manifest.parameters.factors);
  const waits = cells(dataset, { value: "overheadNs", by, where: { kind: "poll" } });
  const handed = cells(dataset, { value: "dispatchNs", by, where: { kind: "poll" } });
  const rows = waits.map(({ levels, byRun }) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("busy", "Share", busyShare(dataset, levels)),
    ...intervalColumns("pollsASecond", "", perLoadTime(dataset, "polls", levels), 1e9),
    ...intervalColumns("handOverP99", "Ms", quantileOf(cellAt(handed, levels)?.byRun ?? [], 0.99), 1e-6),
    ...intervalColumns("overheadP50", "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns("overheadP99", "Ms", quantileOf(byRun, 0.99), 1e-6),
  }));
  return from(rows);
}

/** Estimates the share of a core that the dispatcher uses while the load lasts. */
export function busyShare(dataset: Dataset, where: NonNullable<CellQuery["where"]>): Estimate {
  return perLoadTime(dataset, "threadCpuNs", where);
}

/** Each run has one row that says how much was done, and for how long. */
function perLoadTime(dataset: Dataset, value: string, where: NonNullable<CellQuery["where"]>): Estimate {
  const query = { by: [], where: { ...where, kind: "dispatch" } };
  const done = cells(dataset, { ...query, value })[0]?.byRun ?? [];
  const loads = cells(dataset, { ...query, value: "loadNs" })[0]?.byRun ?? [];
  return meanOf(done.map((ofRun, run) => ofRun.map((amount, i) => amount / (loads[run]?.[i] as number))));
}

function cellAt(found: readonly Cell[], levels: Cell["levels"]): Cell | undefined {
  return found.find((cell) => Object.entries(levels).every(([name, level]) => cell.levels[name] === level));
}

import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type CellQuery, cells } from "../cells.ts";
import { type Estimate, quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";

const by = ["executor", "section", "lock", "tasks", "blockers"] as const;
const milliseconds = 1e-3;

/**
 * Summarises what contenders went through, by executor × section × lock × tasks × blockers: the wait for the lock, its
 * last part (the lock is there, a worker is not), and the hold. A wait that ended with giving up counts with the time
 * until then: it is cut off at the time-out and one wait for a worker.
 */
export function lockWaits(dataset: Dataset): ColumnTable {
  const where = { row: "round", role: "contender", workload: "contention" };
  const quantile = (value: string, levels: CellQuery["where"], p: number): Estimate => {
    const [cell] = cells(dataset, { value, by: [], where: { ...where, ...levels } });
    return quantileOf(cell?.byRun ?? [], p);
  };
  return from(
    cells(dataset, { value: "lockWaitUs", by, where }).map(({ levels, byRun }) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("lockWaitP50", "Ms", quantileOf(byRun, 0.5), milliseconds),
      ...intervalColumns("lockWaitP95", "Ms", quantileOf(byRun, 0.95), milliseconds),
      ...intervalColumns("handOverP50", "Ms", quantile("handOverUs", levels, 0.5), milliseconds),
      ...intervalColumns("holdP50", "Ms", quantile("holdUs", levels, 0.5), milliseconds),
      ...intervalColumns("holdP95", "Ms", quantile("holdUs", levels, 0.95), milliseconds),
    })),
  );
}

import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";

/**
 * Splits the overhead at the moment the wake-up is handed to the workers: what the timer and the dispatcher took
 * before, and what the wake-up waited in the queue after. Quantiles of each part by executor × blockers, base grid,
 * main worker count; executors without a dispatcher have no rows.
 */
export function delayComponents(dataset: Dataset): ColumnTable {
  const query = {
    by: ["executor", "blockers"],
    where: { part: "base", source: "probe", workers: mainWorkers(dataset) },
  };
  const dispatch = cells(dataset, { ...query, value: "dispatchNs" });
  const overhead = cells(dataset, { ...query, value: "overheadNs" });
  const rows = dispatch.map((handed) => {
    const whole = overhead.find(({ levels }) => sameLevels(levels, handed.levels));
    const queued = whole ? subtract(whole, handed) : [];
    return {
      ...handed.levels,
      ...part("dispatch", handed.byRun),
      ...part("queue", queued),
    };
  });
  return from(rows);
}

function part<Name extends string>(name: Name, byRun: readonly Float64Array[]) {
  return {
    ...intervalColumns(`${name}P50`, "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns(`${name}P99`, "Ms", quantileOf(byRun, 0.99), 1e-6),
  };
}

/** Both columns come from the same rows in the same order: a poll has a dispatch time exactly where it has a queue. */
function subtract(whole: Cell, handed: Cell): Float64Array[] {
  return handed.runs.map((run, i) => {
    const overhead = whole.byRun[whole.runs.indexOf(run)] as Float64Array;
    const dispatch = handed.byRun[i] as Float64Array;
    if (overhead.length !== dispatch.length) {
      throw new RangeError(
        `run ${run} must know when each wake-up was handed over, or none; got ${dispatch.length} of ${overhead.length}`,
      );
    }
    return overhead.map((value, row) => value - (dispatch[row] as number));
  });
}

function sameLevels(a: Cell["levels"], b: Cell["levels"]): boolean {
  return Object.entries(a).every(([name, level]) => b[name] === level);
}

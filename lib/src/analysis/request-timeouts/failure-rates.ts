import { type ColumnTable, from } from "arquero";
import { wilsonInterval } from "../../stats/wilson-interval.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells, sampleCount } from "../cells.ts";
import { shareOf } from "../estimate.ts";
import { failureCounts } from "../failure-counts.ts";
import { intervalColumns } from "../interval-columns.ts";

const by = ["executor", "workers", "load", "clients"] as const;

/**
 * Counts the requests that did not complete, by executor × workers × load × clients: the failure rate with its Wilson
 * interval, which takes requests for independent, and with the interval over runs, which does not; the share that met a
 * blocked worker; and the false time-outs, requests whose work was done in time although the timer won.
 */
export function failureRates(dataset: Dataset): ColumnTable {
  const counted = failureCounts(dataset, { by });
  const met = cells(dataset, { value: "metBlockedWorker", by });
  const falseTimeouts = cells(dataset, { value: "falseTimeout", by });
  const rows = counted.map(({ cell, failures: failedByRun, requests: sizes }, i) => {
    const requests = sampleCount(cell);
    const failures = failedByRun.reduce((sum, count) => sum + count, 0);
    return {
      ...cell.levels,
      runs: cell.byRun.length,
      requests,
      failures,
      ...intervalColumns("failure", "Share", shareOf(failedByRun, sizes)),
      ...intervalColumns("wilson", "Share", wilsonInterval(failures, requests)),
      ...intervalColumns("met", "Share", shareOf((met[i] as Cell).byRun.map(total), sizes)),
      falseTimeouts: (falseTimeouts[i] as Cell).byRun.reduce((sum, ofRun) => sum + total(ofRun), 0),
    };
  });
  return from(rows);
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

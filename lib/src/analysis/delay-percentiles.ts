import { type ColumnTable, from } from "arquero";
import { countAbove } from "../stats/share-above.ts";
import type { Dataset } from "../tables/load.ts";
import { type Cell, cells, sampleCount } from "./cells.ts";
import { hdrQuantile } from "./hdr-quantile.ts";
import { intervalColumns } from "./interval-columns.ts";
import { overRuns, shareOverRuns } from "./over-runs.ts";

/** A wake-up that waits longer than this is late. */
const lateNs = 5e6;

/**
 * Describes the probes' overhead by executor × workers × blockers in the base grid: median and 99th percentile, their
 * ratio, and the share of wake-ups later than 5 ms, each with a 95 % interval over runs; the 99th percentile of an HDR
 * histogram beside the exact one.
 */
export function delayPercentiles(dataset: Dataset): ColumnTable {
  const base = cells(dataset, {
    value: "overheadNs",
    by: ["executor", "workers", "blockers"],
    where: { part: "base", source: "probe" },
  });
  return from(base.map(describe));
}

function describe(cell: Cell) {
  const { byRun } = cell;
  const late = byRun.map((samples) => countAbove(samples, lateNs));
  const hdr = hdrQuantile(byRun, 0.99);
  return {
    ...cell.levels,
    runs: byRun.length,
    samples: sampleCount(cell),
    ...intervalColumns(
      "p50",
      "Ms",
      overRuns([byRun], (quantile) => quantile(0, 0.5)),
      1e-6,
    ),
    ...intervalColumns(
      "p99",
      "Ms",
      overRuns([byRun], (quantile) => quantile(0, 0.99)),
      1e-6,
    ),
    hdrP99Ms: hdr === null ? null : hdr.estimate * 1e-6,
    hdrErrorMs: hdr === null ? null : hdr.error * 1e-6,
    ...intervalColumns("ratio", "", overRuns([byRun], p99OverP50)),
    ...intervalColumns(
      "late",
      "Share",
      shareOverRuns(
        late,
        byRun.map(({ length }) => length),
      ),
    ),
  };
}

/** A ratio says nothing where timers fire early enough to bring the median to zero. */
function p99OverP50(quantile: (group: number, p: number) => number | null): number | null {
  const [p50, p99] = [quantile(0, 0.5), quantile(0, 0.99)];
  return p50 === null || p99 === null || p50 <= 0 ? null : p99 / p50;
}

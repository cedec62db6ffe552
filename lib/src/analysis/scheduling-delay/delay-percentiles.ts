import { type ColumnTable, from } from "arquero";
import { hdrQuantile } from "../../stats/hdr-quantile.ts";
import { hasTail } from "../../stats/quantile.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { quantileOf, shareAboveOf, tailRatioOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";

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
  const samples = byRun.flatMap((ofRun) => Array.from(ofRun));
  const hdr = hasTail(samples.length, 0.99, 10) ? hdrQuantile(samples, 0.99) : null;
  return {
    ...cell.levels,
    runs: byRun.length,
    samples: samples.length,
    ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-6),
    hdrP99Ms: hdr === null ? null : hdr.estimate * 1e-6,
    hdrErrorMs: hdr === null ? null : hdr.errorBound * 1e-6,
    ...intervalColumns("ratio", "", tailRatioOf(byRun)),
    ...intervalColumns("late", "Share", shareAboveOf(byRun, lateNs)),
  };
}

import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells, sampleCount } from "../cells.ts";
import { meanOf, quantileOf, type Runs } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";

/** A held thread that used a core for more of the time than this was computing, else parked; fixed beforehand. */
export const computingShare = 0.5;

/**
 * Describes the calls of each source while one worker was left free: how long they held their worker (mean over runs,
 * median, shortest and longest), the CPU time of the thread as a share of the hold, and the class that follows from it
 * beside the class that was expected. In the order in which the sources are declared.
 */
export function sourceHolds(dataset: Dataset): ColumnTable {
  const callers = mainWorkers(dataset) - 1;
  const query = { by: ["source", "family", "expected"], where: { kind: "call", callers } };
  const held = cells(dataset, { ...query, value: "heldNs" });
  const cpu = cells(dataset, { ...query, value: "cpuNs" });
  return from(
    held.map((cell, i) => {
      const share = meanOf(cpuShares(cell, cpu[i] as Cell));
      const all = cell.byRun.flatMap((ofRun) => [...ofRun]);
      return {
        ...cell.levels,
        runs: cell.byRun.length,
        calls: sampleCount(cell),
        ...intervalColumns("hold", "Ms", meanOf(cell.byRun), 1e-6),
        ...intervalColumns("p50", "Ms", quantileOf(cell.byRun, 0.5), 1e-6),
        shortestMs: Math.min(...all) * 1e-6,
        longestMs: Math.max(...all) * 1e-6,
        ...intervalColumns("cpu", "Share", share),
        found: share.estimate !== null && share.estimate > computingShare ? "computing" : "parked",
      };
    }),
  );
}

/** CPU time over held time of each run; single calls may be shorter than the kernel's steps. */
export function cpuShares(held: Cell, cpu: Cell): Runs {
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  return held.byRun.map((ofRun, i) => Float64Array.of(total(cpu.byRun[i] as Float64Array) / total(ofRun)));
}

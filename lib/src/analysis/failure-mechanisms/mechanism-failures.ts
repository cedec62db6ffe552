import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { type Estimate, meanOf, quantileOf, shareOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { type MarkedCounts, markedCounts } from "../marked-counts.ts";

const by = ["mechanism", "placement", "blockers"] as const;
const operations = { by, where: { kind: "operation" } };

/**
 * Describes the operations by mechanism × placement × blockers: the share that did not complete, the median
 * time from intended start to end or error, the false time-outs, and the mean wait for what the mechanism is about, the
 * mean hold and the mean wait for workers, with intervals over runs.
 */
export function mechanismFailures(dataset: Dataset): ColumnTable {
  const failed = markedCounts(dataset, operations, ({ outcome }) => outcome !== "completed");
  const falseTimeouts = markedCounts(dataset, operations, ({ falseTimeout }) => falseTimeout === true);
  const cellsOf = (value: string) => cells(dataset, { ...operations, value });
  const [waits, holds, workerWaits] = [cellsOf("waitNs"), cellsOf("heldNs"), cellsOf("workerWaitNs")];
  const latencies = cellsOf("latencyNs");
  return from(
    failed.map((counts) => ({
      ...counts.levels,
      runs: counts.all.length,
      operations: total(counts.all),
      failures: total(counts.marked),
      ...intervalColumns("failure", "Share", shareOf(counts.marked, counts.all)),
      ...intervalColumns("p50", "Ms", quantileOf(at(latencies, counts)?.byRun ?? [], 0.5), 1e-6),
      falseTimeouts: total(at(falseTimeouts, counts)?.marked ?? []),
      ...intervalColumns("wait", "Ms", mean(at(waits, counts)), 1e-6),
      ...intervalColumns("held", "Ms", mean(at(holds, counts)), 1e-6),
      ...intervalColumns("workerWait", "Ms", mean(at(workerWaits, counts)), 1e-6),
    })),
  );
}

/** Estimates the failure rate of one mechanism; missing where it was not measured. */
export function mechanismFailure(
  dataset: Dataset,
  where: { readonly mechanism: string; readonly placement: string; readonly blockers: number },
): Estimate {
  const query = { by: [], where: { ...operations.where, ...where } };
  const [counts] = markedCounts(dataset, query, ({ outcome }) => outcome !== "completed");
  return shareOf(counts?.marked ?? [], counts?.all ?? []);
}

function at<T extends Pick<MarkedCounts, "levels">>(found: readonly T[], { levels }: MarkedCounts) {
  return found.find((one) => by.every((name) => one.levels[name] === levels[name]));
}

function mean(cell: Cell | undefined): Estimate {
  return meanOf(cell?.byRun ?? []);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

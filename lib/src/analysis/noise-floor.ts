import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../tables/load.ts";
import { type Cell, cells } from "./cells.ts";
import { intervalColumns } from "./interval-columns.ts";
import { mainWorkers } from "./main-workers.ts";
import { overRuns, type QuantileOf } from "./over-runs.ts";

const quantiles = [
  { name: "p50", p: 0.5 },
  { name: "p99", p: 0.99 },
] as const;

/**
 * Sets each executor without blockers against plain timers that slept the same sleeps in the same run: median and 99th
 * percentile of both, ratio and difference, by executor × probes, in long form (one row a quantile). Resamples take
 * the same runs of both. The ratio is missing where plain timers fire early enough to bring their quantile to zero;
 * the difference never is.
 */
export function noiseFloor(dataset: Dataset): ColumnTable {
  const query = {
    value: "overheadNs",
    by: ["executor", "probes"],
    where: {
      part: ["base", "probes"],
      workers: mainWorkers(dataset),
      blockers: 0,
      load: "closed-loop",
      blocking: "original",
      phase: "spread",
    },
  };
  const probes = cells(dataset, { ...query, where: { ...query.where, source: "probe" } });
  const timers = cells(dataset, { ...query, where: { ...query.where, source: "bare-timer" } });
  const rows = probes.flatMap((probe) => {
    const { executor, probes: count } = probe.levels;
    const timer = timers.find(({ levels }) => levels["executor"] === executor && levels["probes"] === count);
    return timer ? quantiles.map((quantile) => compare(probe, timer, quantile)) : [];
  });
  return from(rows);
}

function compare(probe: Cell, timer: Cell, { name, p }: (typeof quantiles)[number]) {
  const shared = probe.runs.filter((run) => timer.runs.includes(run));
  const of = ({ runs, byRun }: Cell) => shared.map((run) => byRun[runs.indexOf(run)] as Float64Array);
  const groups = [of(probe), of(timer)];
  const both = (combine: (probe: number, timer: number) => number | null) => (quantile: QuantileOf) => {
    const [measured, floor] = [quantile(0, p), quantile(1, p)];
    return measured === null || floor === null ? null : combine(measured, floor);
  };
  const ratio = both((measured, floor) => (floor <= 0 ? null : measured / floor));
  const difference = both((measured, floor) => measured - floor);
  return {
    ...probe.levels,
    quantile: name,
    runs: shared.length,
    ...intervalColumns(
      "executor",
      "Ms",
      overRuns(groups, (quantile) => quantile(0, p)),
      1e-6,
    ),
    ...intervalColumns(
      "timer",
      "Ms",
      overRuns(groups, (quantile) => quantile(1, p)),
      1e-6,
    ),
    ...intervalColumns("ratio", "", overRuns(groups, ratio, { paired: true })),
    ...intervalColumns("difference", "Ms", overRuns(groups, difference, { paired: true }), 1e-6),
  };
}

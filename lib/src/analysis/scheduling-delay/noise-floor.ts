import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { differenceOf, factorOf, quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";

const quantiles = [
  { name: "p50", p: 0.5 },
  { name: "p99", p: 0.99 },
] as const;

/**
 * Sets each executor without blockers against plain timers that slept the same sleeps in the same run: median and 99th
 * percentile of both, ratio and difference, by executor × probes, in long form (one row a quantile). The interval of
 * the ratio takes the two for independent, which errs on the wide side. The ratio is missing where the interval of a quantile reaches zero, as timers that fire early can make it;
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
  const [measured, floor] = [of(probe), of(timer)];
  return {
    ...probe.levels,
    quantile: name,
    runs: shared.length,
    ...intervalColumns("executor", "Ms", quantileOf(measured, p), 1e-6),
    ...intervalColumns("timer", "Ms", quantileOf(floor, p), 1e-6),
    ...intervalColumns("ratio", "", factorOf(measured, floor, p)),
    ...intervalColumns("difference", "Ms", differenceOf(measured, floor, p), 1e-6),
  };
}

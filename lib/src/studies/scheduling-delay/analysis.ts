import { type ColumnTable, from } from "arquero";
import { hdrQuantile } from "../../stats/hdr-quantile.ts";
import { hasTail } from "../../stats/quantile.ts";
import { type Cell, cells, type Level } from "../../summary/cells.ts";
import { differenceOf, factorOf, quantileOf, shareAboveOf, tailRatioOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

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

/** The designs compared, by what sets each apart from the original one. */
const designs: readonly { readonly design: string; readonly where: Readonly<Record<string, Level>> }[] = [
  { design: "original", where: { part: "base" } },
  { design: "200 probes", where: { part: "probes", probes: 200 } },
  { design: "500 probes", where: { part: "probes", probes: 500 } },
  { design: "aligned phases", where: { part: "phase", phase: "aligned" } },
  { design: "open loop", where: { part: "load", load: "open-loop" } },
  { design: "sustained blocking", where: { part: "blocking", blocking: "sustained" } },
  { design: "one 150 ms burst", where: { part: "blocking", blocking: "burst" } },
];

/**
 * Measures the cliff under each design: the 99th percentile with one worker left (`below`) and with none (`at`), and
 * the step between them, at the main worker count. A design that was not measured has no rows.
 */
export function delayDesigns(dataset: Dataset): ColumnTable {
  const workers = mainWorkers(dataset);
  const rows = designs.flatMap(({ design, where }) => {
    const found = cells(dataset, {
      value: "overheadNs",
      by: ["executor", "blockers"],
      where: { ...where, source: "probe", workers, blockers: [workers - 1, workers] },
    });
    const executors = [...new Set(found.map(({ levels }) => levels["executor"]))];
    return executors.map((executor) => {
      const at = (blockers: number) =>
        found.find(({ levels }) => levels["executor"] === executor && levels["blockers"] === blockers);
      return { design, executor, workers, ...step(at(workers - 1), at(workers)) };
    });
  });
  return from(rows);
}

function step(below: Cell | undefined, at: Cell | undefined) {
  const [belowRuns, atRuns] = [below?.byRun ?? [], at?.byRun ?? []];
  return {
    runs: belowRuns.length + atRuns.length,
    ...intervalColumns("below", "Ms", quantileOf(belowRuns, 0.99), 1e-6),
    ...intervalColumns("at", "Ms", quantileOf(atRuns, 0.99), 1e-6),
    ...intervalColumns("p50Below", "Ms", quantileOf(belowRuns, 0.5), 1e-6),
    ...intervalColumns("p50At", "Ms", quantileOf(atRuns, 0.5), 1e-6),
    ...intervalColumns("step", "", factorOf(atRuns, belowRuns, 0.99)),
  };
}

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

import { hdrQuantile } from "../../stats/hdr-quantile.ts";
import { hasTail } from "../../stats/quantile.ts";
import { type Cell, cells, type Where } from "../../summary/cells.ts";
import {
  differenceOf,
  factorOf,
  quantileOf,
  type Runs,
  shareAboveOf,
  tailRatioOf,
} from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { levelsOf } from "../../summary/rows.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type SchedulingDelay = ReturnType<typeof experiment>;
export type SchedulingDelayData = Dataset<SchedulingDelay>;

export type DelayComponents = ReturnType<typeof delayComponents>[number];
export type DelayDesign = ReturnType<typeof delayDesigns>[number];
export type DelayPercentiles = ReturnType<typeof delayPercentiles>[number];
export type NoiseFloor = ReturnType<typeof noiseFloor>[number];

/**
 * Splits the overhead at the moment the wake-up is handed to the workers: what the timer and the dispatcher took
 * before, and what the wake-up waited in the queue after. Quantiles of each part by executor × blockers, base grid,
 * main worker count; executors without a dispatcher have no rows.
 */
export function delayComponents(dataset: SchedulingDelayData) {
  const where = { part: "base", source: "probe", workers: mainWorkers(dataset) };
  const polls = (value: "dispatchNs" | "overheadNs") =>
    cells(dataset, { value, by: ["executor", "blockers"], where });
  const overhead = polls("overheadNs");
  return polls("dispatchNs").map((handed) => {
    const { executor, blockers } = handed.levels;
    const whole = overhead.find(({ levels }) => levels.executor === executor && levels.blockers === blockers);
    const queued = whole ? subtract(whole, handed) : [];
    return {
      ...handed.levels,
      ...part("dispatch", handed.byRun),
      ...part("queue", queued),
    };
  });
}

function part<Name extends string>(name: Name, byRun: readonly Float64Array[]) {
  return {
    ...intervalColumns(`${name}P50`, "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns(`${name}P99`, "Ms", quantileOf(byRun, 0.99), 1e-6),
  };
}

/** Both columns come from the same rows in the same order: a poll has a dispatch time exactly where it has a queue. */
function subtract(whole: Cell<unknown>, handed: Cell<unknown>): Float64Array[] {
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

/** The designs compared, by what sets each apart from the original one. */
const designs = [
  { design: "original", where: { part: "base" } },
  { design: "200 probes", where: { part: "probes", probes: 200 } },
  { design: "500 probes", where: { part: "probes", probes: 500 } },
  { design: "aligned phases", where: { part: "phase", phase: "aligned" } },
  { design: "open loop", where: { part: "load", load: "open-loop" } },
  { design: "sustained blocking", where: { part: "blocking", blocking: "sustained" } },
  { design: "one 150 ms burst", where: { part: "blocking", blocking: "burst" } },
] as const satisfies readonly { readonly design: string; readonly where: Where<SchedulingDelay> }[];

/**
 * Measures the cliff under each design: the 99th percentile with one worker left (`below`) and with none (`at`), and
 * the step between them, at the main worker count. A design that was not measured has no rows.
 */
export function delayDesigns(dataset: SchedulingDelayData) {
  const workers = mainWorkers(dataset);
  return designs.flatMap(({ design, where }) => {
    const found = cells(dataset, {
      value: "overheadNs",
      by: ["executor", "blockers"],
      where: { ...where, source: "probe", workers, blockers: [workers - 1, workers] },
    });
    const executors = levelsOf(
      found.map(({ levels }) => levels),
      "executor",
    );
    return executors.map((executor) => {
      const at = (blockers: number) =>
        found.find(({ levels }) => levels.executor === executor && levels.blockers === blockers);
      return { design, executor, workers, ...step(at(workers - 1), at(workers)) };
    });
  });
}

function step(below: Cell<unknown> | undefined, at: Cell<unknown> | undefined) {
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
export function delayPercentiles(dataset: SchedulingDelayData) {
  const base = cells(dataset, {
    value: "overheadNs",
    by: ["executor", "workers", "blockers"],
    where: { part: "base", source: "probe" },
  });
  return base.map(({ levels, byRun }) => ({ ...levels, ...describe(byRun) }));
}

function describe(byRun: Runs) {
  const samples = byRun.flatMap((ofRun) => Array.from(ofRun));
  const hdr = hasTail(samples.length, 0.99, 10) ? hdrQuantile(samples, 0.99) : null;
  return {
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

/** Timers without workers. */
const baselines = ["bare-timer", "futex-timer"] as const;
type Baseline = (typeof baselines)[number];

/**
 * Sets each executor without blockers against timers without workers that slept the same sleeps in the same run, Node's own
 * and a thread that waits on a futex: median and 99th percentile of both, ratio and difference, by baseline × executor ×
 * probes, in long form (one row a quantile). The interval of
 * the ratio takes the two for independent, which errs on the wide side. The ratio is missing where the interval of a quantile reaches zero, as timers that fire early can make it;
 * the difference never is.
 */
export function noiseFloor(dataset: SchedulingDelayData) {
  const where = {
    part: ["base", "probes"],
    workers: mainWorkers(dataset),
    blockers: 0,
    load: "closed-loop",
    blocking: "original",
    phase: "spread",
  } as const;
  const sleeps = (source: "probe" | Baseline) =>
    cells(dataset, { value: "overheadNs", by: ["executor", "probes"], where: { ...where, source } });
  const measured = sleeps("probe");
  return baselines.flatMap((baseline) => {
    const timers = sleeps(baseline);
    return measured.flatMap((probe) => {
      const { executor, probes } = probe.levels;
      const timer = timers.find(({ levels }) => levels.executor === executor && levels.probes === probes);
      return timer
        ? quantiles.map((quantile) => ({ baseline, ...probe.levels, ...compare(probe, timer, quantile) }))
        : [];
    });
  });
}

function compare(probe: Cell<unknown>, timer: Cell<unknown>, { name, p }: (typeof quantiles)[number]) {
  const shared = probe.runs.filter((run) => timer.runs.includes(run));
  const of = ({ runs, byRun }: Cell<unknown>) =>
    shared.map((run) => byRun[runs.indexOf(run)] as Float64Array);
  const [measured, floor] = [of(probe), of(timer)];
  return {
    quantile: name,
    runs: shared.length,
    ...intervalColumns("executor", "Ms", quantileOf(measured, p), 1e-6),
    ...intervalColumns("timer", "Ms", quantileOf(floor, p), 1e-6),
    ...intervalColumns("ratio", "", factorOf(measured, floor, p)),
    ...intervalColumns("difference", "Ms", differenceOf(measured, floor, p), 1e-6),
  };
}

import { sum } from "simple-statistics";
import { quantile } from "../../stats/quantile.ts";
import { type Cell, cells, sampleCount } from "../../summary/cells.ts";
import {
  type Estimate,
  factorOf,
  geometricFactorOf,
  meanOf,
  quantileOf,
  type Runs,
} from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { noteRun } from "../../summary/read-runs.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type Declared = ReturnType<typeof experiment>;
export type SourcesData = Dataset<Declared>;
export type SourceSample = SampleOf<Declared>;

export type SourceHold = ReturnType<typeof sourceHolds>[number];
export type SourceProbe = ReturnType<typeof sourceProbes>[number];

/** A probe sleeps this long after each poll. */
const sleepNs = 10e6;

/** Overheads of the probes beside so many callers of a source, by run (ns). */
export type ProbesBeside = (source: SourceSample["source"], callers: number) => Runs;

/**
 * Gathers the overheads of the probes while all of the callers were still calling. Callers end with their own last call,
 * not together; a probe that is due after the first of them has ended meets a free worker:
 *
 *     caller 0   ███████ ███████            both hold until here, then only caller 1
 *     caller 1   █████████ █████████
 *     probe      ·     |·    |·  |·|·|·     the last two are due beside one caller and left out
 *
 * When that was follows from the closed loops: a caller has called for as long as its holds add up to, and a probe is due
 * 10 ms after its last poll.
 */
export function probesBesideCallers(dataset: SourcesData): ProbesBeside {
  const groups = Map.groupBy(dataset.samples.objects() as SourceSample[], ({ source, callers }) =>
    key(source, callers),
  );
  return (source, callers) => {
    const byRun = Map.groupBy(groups.get(key(source, callers)) ?? [], ({ run }) => run);
    for (const run of byRun.keys()) noteRun(run);
    return [...byRun].sort(([a], [b]) => a - b).map(([, ofRun]) => whileAllCall(ofRun));
  };
}

function key(source: SourceSample["source"], callers: number): string {
  return `${source} beside ${callers}`;
}

function whileAllCall(rows: readonly SourceSample[]): Float64Array {
  const calls = rows.filter(({ kind }) => kind === "call");
  const probes = rows.filter(({ kind }) => kind === "probe");
  const endNs = Math.min(
    ...[...byNumber(calls).values()].map((ofCaller) => sum(ofCaller.map(({ heldNs }) => Number(heldNs)))),
  );
  return Float64Array.from(
    [...byNumber(probes).values()].flatMap((ofProbe) => dueBefore(endNs, inOrder(ofProbe))),
  );
}

/** Overheads of one probe's polls that were due before the end. */
function dueBefore(endNs: number, polls: readonly SourceSample[]): number[] {
  const overheads: number[] = [];
  let dueNs = 0;
  for (const poll of polls) {
    if (dueNs >= endNs) break;
    const overheadNs = Number(poll.overheadNs);
    overheads.push(overheadNs);
    dueNs += overheadNs + sleepNs;
  }
  return overheads;
}

function byNumber(rows: readonly SourceSample[]): Map<number, SourceSample[]> {
  return Map.groupBy(rows, ({ number }) => number);
}

function inOrder(polls: readonly SourceSample[]): SourceSample[] {
  return polls.toSorted((a, b) => a.round - b.round);
}

/** A held thread that used a core for more of the time than this was computing, else parked; fixed beforehand. */
export const computingShare = 0.5;

/**
 * Describes the calls of each source while one worker was left free: how long they held their worker (mean over runs,
 * median, shortest and longest), the CPU time of the thread as a share of the hold, and the class that follows from it
 * beside the class that was expected. In the order in which the sources are declared.
 */
export function sourceHolds(dataset: SourcesData) {
  const callers = mainWorkers(dataset) - 1;
  const query = { by: ["source", "family", "expected"], where: { kind: "call", callers } } as const;
  const held = cells(dataset, { ...query, value: "heldNs" });
  const cpu = cells(dataset, { ...query, value: "cpuNs" });
  return held.map((cell, i) => {
    const share = meanOf(cpuShares(cell, cpu[i] as Cell<unknown>));
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
      found:
        share.estimate !== null && share.estimate > computingShare
          ? ("computing" as const)
          : ("parked" as const),
    };
  });
}

/** CPU time over held time of each run; single calls may be shorter than the kernel's steps. */
function cpuShares(held: Cell<unknown>, cpu: Cell<unknown>): Runs {
  const total = (values: Float64Array) => sum(Array.from(values));
  return held.byRun.map((ofRun, i) => Float64Array.of(total(cpu.byRun[i] as Float64Array) / total(ofRun)));
}

/**
 * The quantile of the probes' overhead that is compared: the calls of some sources last a second, and their runs hold too
 * few probes for one further out.
 */
export const feltQuantile = 0.75;

/**
 * Describes what the probes felt beside each source: median and p75 of their overhead with no, W − 1 and W callers (`none`,
 * `below`, `full`), by which factor
 * p75 grew with the callers up to W − 1 and with the last one, and p75 as a share of the source's mean hold.
 */
export function sourceProbes(dataset: SourcesData) {
  const workers = mainWorkers(dataset);
  const probesBeside = probesBesideCallers(dataset);
  const found = cells(dataset, {
    value: "heldNs",
    by: ["source", "family", "expected"],
    where: { kind: "call" },
  });
  return found.map(({ levels }) => {
    const { source } = levels;
    const at = (callers: number) => probesBeside(source, callers);
    return {
      ...levels,
      ...quantiles("none", at(0)),
      ...quantiles("below", at(workers - 1)),
      ...quantiles("full", at(workers)),
      ...intervalColumns("belowFactor", "", factorOf(at(workers - 1), at(0), feltQuantile)),
      ...intervalColumns("factor", "", factorOf(at(workers), at(workers - 1), feltQuantile)),
      ...intervalColumns("felt", "Share", feltShare(dataset, probesBeside, source)),
    };
  });
}

/** Estimates the probes' p75 with every worker held, as a share of the mean hold in the same run. */
function feltShare(
  dataset: SourcesData,
  probesBeside: ProbesBeside,
  source: SourceSample["source"],
): Estimate {
  const callers = mainWorkers(dataset);
  const held = cells(dataset, { value: "heldNs", by: [], where: { kind: "call", source, callers } })[0];
  const felt = probesBeside(source, callers).flatMap((ofRun) => {
    const found = quantile(ofRun, feltQuantile, { minTail: 1 });
    return found === null ? [] : [Float64Array.of(found.estimate)];
  });
  return geometricFactorOf(felt, held?.byRun ?? []);
}

function quantiles<Name extends string>(name: Name, runs: Runs) {
  return {
    ...intervalColumns(`${name}P50`, "Ms", quantileOf(runs, 0.5), 1e-6),
    ...intervalColumns(`${name}P75`, "Ms", quantileOf(runs, feltQuantile), 1e-6),
  };
}

import { type Estimate, geometricFactorOf, meanOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { byRun, type Sample, samplesOf, values, type WatchData } from "./samples.ts";

type Part = "mainCpuNs" | "workersCpuNs" | "watchCpuNs" | "runtimeCpuNs";

/** Loads that run with the watch and without it. */
const services = ["tiny-tasks", "service"] as const;

export type WatchCost = ReturnType<typeof watchCosts>[number];

/**
 * Tells what watching costs, by pool × workers × service, paired within runs: the factors by which throughput and p99 of
 * latency differ, and the CPU time that a task costs more in the main thread, in the workers, in the runtime's own threads, and
 * in the watch's thread, whose time counts in full.
 */
export function watchCosts(dataset: WatchData) {
  const loads = samplesOf(dataset, services);
  const groups = Map.groupBy(loads, ({ pool, workers, source }) => JSON.stringify([pool, workers, source]));
  return [...groups.values()].map((group) => {
    const { pool, workers, source } = group[0] as Sample;
    return {
      pool,
      workers,
      source,
      runs: byRun(group).length,
      ...intervalColumns("throughputFactor", "", throughputFactor(group)),
      ...intervalColumns("latencyFactor", "", latencyFactor(group)),
      ...intervalColumns("main", "Us", cpuATask(group, "mainCpuNs"), 1e-3),
      ...intervalColumns("workers", "Us", cpuATask(group, "workersCpuNs"), 1e-3),
      ...intervalColumns("runtime", "Us", cpuATask(group, "runtimeCpuNs"), 1e-3),
      ...intervalColumns("watch", "Us", cpuATask(group, "watchCpuNs"), 1e-3),
      ...intervalColumns("stamp", "Ns", meanOf(values(group, ({ stampNs }) => stampNs))),
    };
  });
}

/** Estimates by which factors the throughput of tasks of a millisecond and p99 of their latency differ with the watch, by pool. */
export function serviceFactors(dataset: WatchData) {
  const byPool = Map.groupBy(samplesOf(dataset, ["service"]), ({ pool }) => pool);
  return [...byPool].map(([pool, rows]) => ({
    pool,
    throughput: throughputFactor(rows),
    latency: latencyFactor(rows),
  }));
}

/** Estimates what a worker spends on stamping a task (ns). */
export function stampCostOf(dataset: WatchData): Estimate {
  return meanOf(
    values(
      samplesOf(dataset, services, ({ kind }) => kind === "stamp"),
      ({ stampNs }) => stampNs,
    ),
  );
}

/** Estimates which share of a core the watch's thread takes while nothing is watched. */
export function restingShareOf(dataset: WatchData): Estimate {
  const rests = samplesOf(dataset, services, ({ kind, watching }) => kind === "load" && watching === "off");
  return meanOf(
    values(rests, ({ watchCpuNs, lastedNs }) => (watchCpuNs === null ? null : watchCpuNs / Number(lastedNs))),
  );
}

/** Sums up the million tasks: by how much memory grew from the second reading to the last, and what the trace took at most. */
export function memoryOfMillion(dataset: WatchData) {
  const readings = samplesOf(dataset, ["million-tasks"]);
  const mebibytes = (bytes: number | null | undefined) => (bytes == null ? null : bytes / 2 ** 20);
  const [, second] = readings;
  const last = readings.at(-1);
  return {
    tasks: readings.reduce((sum, { tasks }) => sum + Number(tasks), 0),
    seconds: readings.reduce((sum, { lastedNs }) => sum + Number(lastedNs), 0) / 1e9,
    rssMiB: mebibytes(last?.rssBytes),
    grownMiB: mebibytes(second && last && Number(last.rssBytes) - Number(second.rssBytes)),
    traceMiB: mebibytes(
      readings.length === 0 ? null : Math.max(...readings.map(({ traceBytes }) => Number(traceBytes))),
    ),
  };
}

function throughputFactor(rows: readonly Sample[]): Estimate {
  return factor(rows, ({ tasks, lastedNs }) => Number(tasks) / Number(lastedNs));
}

function latencyFactor(rows: readonly Sample[]): Estimate {
  return factor(rows, ({ latencyP99Ns }) => Number(latencyP99Ns));
}

function factor(rows: readonly Sample[], value: (row: Sample) => number): Estimate {
  const paired = pairedRuns(rows, value).map(({ on, off }) => Float64Array.of(on / off));
  return geometricFactorOf(
    paired,
    paired.map(() => Float64Array.of(1)),
  );
}

/** The watch's own thread costs what it takes with the watch: nobody would have it otherwise. */
function cpuATask(rows: readonly Sample[], part: Part): Estimate {
  const known = rows.filter((row) => row[part] !== null);
  const runs = pairedRuns(known, (row) => Number(row[part]) / Number(row.tasks));
  return meanOf(runs.map(({ on, off }) => Float64Array.of(part === "watchCpuNs" ? on : on - off)));
}

/** Means of a value with and without the watch, of each run that has both. */
function pairedRuns(rows: readonly Sample[], value: (row: Sample) => number): { on: number; off: number }[] {
  return byRun(rows).flatMap((ofRun) => {
    const mean = (watching: "on" | "off") => {
      const those = ofRun.filter((row) => row.kind === "load" && row.watching === watching).map(value);
      return those.reduce((sum, each) => sum + each, 0) / those.length;
    };
    const [on, off] = [mean("on"), mean("off")];
    return Number.isFinite(on) && Number.isFinite(off) ? [{ on, off }] : [];
  });
}

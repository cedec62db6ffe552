import { cells } from "../../summary/cells.ts";
import { meanOf, quantileOf, type Runs, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";
import type { RemediesScenario } from "./run.ts";

export type RemediesData = Dataset<ReturnType<typeof experiment>>;

/** One remedy on one kind of work. */
export type RemedyCell = Omit<RemediesScenario, "payloadKiB">;

export type RemedyEffect = ReturnType<typeof remedyEffects>[number];
export type RemedyCost = ReturnType<typeof remedyCosts>[number];

/**
 * Sets the remedies beside each other, by callers × job × remedy: how late the probes on the shared pool were, how long
 * fs.stat took on libuv's, how many jobs completed in a second, and of the jobs that were given up, the share that held
 * a worker all the same.
 */
export function remedyEffects(dataset: RemediesData) {
  const measured = cells(dataset, {
    value: "delayNs",
    by: ["callers", "job", "remedy"],
    where: { kind: "probe", payloadKiB: 0 },
  });
  return measured.map(({ levels, byRun }) => {
    const stats = delaysUnder(dataset, levels, "stat");
    return {
      ...levels,
      runs: byRun.length,
      ...intervalColumns("probeP50", "Ms", quantileOf(byRun, 0.5), 1e-6),
      ...intervalColumns("probeP95", "Ms", quantileOf(byRun, 0.95), 1e-6),
      ...intervalColumns("probeP99", "Ms", quantileOf(byRun, 0.99), 1e-6),
      ...intervalColumns("statP50", "Ms", quantileOf(stats, 0.5), 1e-6),
      ...intervalColumns("statP95", "Ms", quantileOf(stats, 0.95), 1e-6),
      ...intervalColumns("jobsPerSecond", "", meanOf(throughputUnder(dataset, levels))),
      ...intervalColumns("wasted", "Share", wastedShare(dataset, levels)),
    };
  });
}

/**
 * Tells what a remedy itself costs: how long a job that does nothing takes from its submission to its end, by remedy ×
 * payload, one caller, nothing else on the pools. Medians and 99th percentiles in microseconds.
 */
export function remedyCosts(dataset: RemediesData) {
  const measured = cells(dataset, {
    value: "delayNs",
    by: ["remedy", "payloadKiB"],
    where: { kind: "job", callers: "single" },
  });
  return measured.map(({ levels, byRun }) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("p50", "Us", quantileOf(byRun, 0.5), 1e-3),
    ...intervalColumns("p99", "Us", quantileOf(byRun, 0.99), 1e-3),
  }));
}

/** Gives the delays (ns) of probes, of calls of fs.stat or of jobs, by run; none where they were not measured. */
export function delaysUnder(dataset: RemediesData, cell: RemedyCell, kind: "probe" | "stat" | "job"): Runs {
  return (
    cells(dataset, { value: "delayNs", by: [], where: { ...cell, kind, payloadKiB: 0 } })[0]?.byRun ?? []
  );
}

/** Counts jobs that completed in a second, from the run's origin until its last job ended or was given up; one value a run. */
export function throughputUnder(dataset: RemediesData, cell: RemedyCell): Runs {
  const where = { ...cell, kind: "job", payloadKiB: 0 };
  const [due] = cells(dataset, { value: "dueNs", by: [], where });
  const [delay] = cells(dataset, { value: "delayNs", by: [], where });
  const [completed] = cells(dataset, {
    value: "delayNs",
    by: [],
    where: { ...where, outcome: "completed" },
  });
  if (due === undefined || delay === undefined) return [];
  return due.runs.map((run, i) => {
    const [dueNs, delayNs] = [due.byRun[i] as Float64Array, delay.byRun[i] as Float64Array];
    const lastNs = dueNs.reduce((last, ns, row) => Math.max(last, ns + (delayNs[row] as number)), 0);
    const count = completed?.byRun[completed.runs.indexOf(run)]?.length ?? 0;
    return Float64Array.of(count / (lastNs * 1e-9));
  });
}

/** Of the jobs that were given up, the share that a worker ran nevertheless. */
function wastedShare(dataset: RemediesData, cell: RemedyCell) {
  const where = { ...cell, kind: "job", payloadKiB: 0, outcome: "timed-out" };
  const [givenUp] = cells(dataset, { value: "delayNs", by: [], where });
  const [held] = cells(dataset, { value: "heldNs", by: [], where });
  const runs = givenUp?.runs ?? [];
  return shareOf(
    runs.map((run) => held?.byRun[held.runs.indexOf(run)]?.length ?? 0),
    runs.map((_, i) => givenUp?.byRun[i]?.length ?? 0),
  );
}

import { sum } from "simple-statistics";
import { type CellQuery, cells } from "../../summary/cells.ts";
import {
  type Estimate,
  quantileOf,
  type RunCounts,
  shareDifferenceOf,
  shareOf,
} from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type TokioMutexConvoy = ReturnType<typeof experiment>;
export type TokioMutexConvoyData = Dataset<TokioMutexConvoy>;
type Sample = SampleOf<TokioMutexConvoy>;

export type TokioConvoyFailures = ReturnType<typeof tokioConvoyFailures>[number];
export type TokioConvoyWaits = ReturnType<typeof tokioConvoyWaits>[number];

const by = ["executor", "workload", "tasks", "blockers", "rearm"] as const;

/** Counts the rounds that timed out by executor × workload × tasks × blockers × re-arming × role, with intervals over runs. */
export function tokioConvoyFailures(dataset: TokioMutexConvoyData) {
  return roundCounts(dataset, { by: [...by, "role"] }).map(({ levels, counts: [failed, rounds] }) => ({
    ...levels,
    runs: rounds.length,
    rounds: sum([...rounds]),
    ...intervalColumns("failure", "Share", shareOf(failed, rounds)),
  }));
}

/** Summarises how long contenders waited for the lock and held it, from the rounds that were kept. */
export function tokioConvoyWaits(dataset: TokioMutexConvoyData) {
  const where = { row: "round", workload: "contention", role: "contender" } as const;
  const holds = cells(dataset, { value: "holdUs", by, where });
  return cells(dataset, { value: "lockWaitUs", by, where }).map(({ levels, byRun }) => {
    const held = holds.find((cell) => by.every((name) => cell.levels[name] === levels[name]));
    return {
      ...levels,
      runs: byRun.length,
      ...intervalColumns("lockWaitP50", "Ms", quantileOf(byRun, 0.5), 1e-3),
      ...intervalColumns("holdP50", "Ms", quantileOf(held?.byRun ?? [], 0.5), 1e-3),
    };
  });
}

/** One combination of levels of which contention is set beside independence. */
export type ConvoyLevels = Pick<Sample, "executor" | "tasks" | "blockers" | "rearm">;

/** Estimates what the lock adds to the failure rate of its users: contention − independence of the same tasks. */
export function addedByLock(dataset: TokioMutexConvoyData, levels: ConvoyLevels): Estimate {
  const counts = (workload: Sample["workload"]): RunCounts => {
    const where = { ...levels, workload, role: "contender", workers: mainWorkers(dataset) };
    return roundCounts(dataset, { by: [], where })[0]?.counts ?? [[], []];
  };
  return shareDifferenceOf(counts("contention"), counts("independent"));
}

function roundCounts<By extends keyof Sample>(
  dataset: TokioMutexConvoyData,
  { by: names, where = {} }: Omit<CellQuery<TokioMutexConvoy, By>, "value">,
): { readonly levels: Pick<Sample, By>; readonly counts: RunCounts }[] {
  const query = { value: "rounds", by: names } as const;
  const failed = cells(dataset, { ...query, where: { ...where, row: "total", outcome: "timed-out" } });
  return cells(dataset, { ...query, where: { ...where, row: "total" } }).map(({ levels, runs, byRun }) => {
    const bad = failed.find((cell) => names.every((name) => cell.levels[name] === levels[name]));
    const failures = runs.map((run) => total(bad?.byRun[bad.runs.indexOf(run)] ?? new Float64Array(0)));
    return { levels, counts: [failures, byRun.map(total)] };
  });
}

function total(counts: Float64Array): number {
  return sum(Array.from(counts));
}

import { type ColumnTable, from } from "arquero";
import { type Cell, type CellQuery, cells } from "../../summary/cells.ts";
import {
  type Estimate,
  quantileOf,
  type RunCounts,
  shareDifferenceOf,
  shareOf,
} from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

const by = ["executor", "workload", "tasks", "blockers", "rearm", "role"];

/** Counts the rounds that timed out by executor × workload × tasks × blockers × re-arming × role, with intervals over runs. */
export function tokioConvoyFailures(dataset: Dataset): ColumnTable {
  return from(
    roundCounts(dataset, { by }).map(({ levels, counts: [failed, rounds] }) => ({
      ...levels,
      runs: rounds.length,
      rounds: total(rounds),
      ...intervalColumns("failure", "Share", shareOf(failed, rounds)),
    })),
  );
}

/** Summarises how long contenders waited for the lock and held it, from the rounds that were kept. */
export function tokioConvoyWaits(dataset: Dataset): ColumnTable {
  const query = { by: by.slice(0, -1), where: { row: "round", workload: "contention", role: "contender" } };
  const holds = cells(dataset, { ...query, value: "holdUs" });
  return from(
    cells(dataset, { ...query, value: "lockWaitUs" }).map(({ levels, byRun }) => {
      const held = holds.find((cell) => query.by.every((name) => cell.levels[name] === levels[name]));
      return {
        ...levels,
        runs: byRun.length,
        ...intervalColumns("lockWaitP50", "Ms", quantileOf(byRun, 0.5), 1e-3),
        ...intervalColumns("holdP50", "Ms", quantileOf(held?.byRun ?? [], 0.5), 1e-3),
      };
    }),
  );
}

export interface ConvoyLevels {
  readonly executor: "tokio" | "run-queue";
  readonly tasks: number;
  readonly blockers: number;
  readonly rearm: string;
}

/** Estimates what the lock adds to the failure rate of its users: contention − independence of the same tasks. */
export function addedByLock(dataset: Dataset, levels: ConvoyLevels): Estimate {
  const counts = (workload: string): RunCounts => {
    const where = { ...levels, workload, role: "contender", workers: mainWorkers(dataset) };
    return roundCounts(dataset, { by: [], where })[0]?.counts ?? [[], []];
  };
  return shareDifferenceOf(counts("contention"), counts("independent"));
}

function roundCounts(
  dataset: Dataset,
  { by: names, where = {} }: Omit<CellQuery, "value">,
): { readonly levels: Cell["levels"]; readonly counts: RunCounts }[] {
  const query = { value: "rounds", by: names };
  const all = cells(dataset, { ...query, where: { ...where, row: "total" } });
  const failed = cells(dataset, { ...query, where: { ...where, row: "total", outcome: "timed-out" } });
  return all.map(({ levels, runs, byRun }) => {
    const bad = failed.find((cell) => names.every((name) => cell.levels[name] === levels[name]));
    const failures = runs.map((run) => total(bad?.byRun[bad.runs.indexOf(run)] ?? []));
    return { levels, counts: [failures, byRun.map(total)] };
  });
}

function total(counts: Iterable<number>): number {
  return Array.from(counts).reduce((sum, count) => sum + count, 0);
}

import { sum } from "simple-statistics";
import { type Cell, type CellQuery, cells, type Where } from "../../summary/cells.ts";
import {
  type Estimate,
  meanOf,
  missing,
  quantileOf,
  shareDifferenceOf,
  shareOf,
} from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type MutexConvoy = ReturnType<typeof experiment>;
export type MutexConvoyData = Dataset<MutexConvoy>;
type Sample = SampleOf<MutexConvoy>;

export type ConvoyFailures = ReturnType<typeof convoyFailures>[number];
export type ConvoyLatencies = ReturnType<typeof convoyLatencies>[number];
export type LockAmplification = ReturnType<typeof lockAmplification>[number];
export type LockWaits = ReturnType<typeof lockWaits>[number];

/** Rounds of one combination of factor levels, run by run. */
export interface RoundCounts<Levels> {
  readonly levels: Levels;
  readonly failed: readonly number[];
  readonly rounds: readonly number[];
  readonly spansUs: readonly number[];
}

/** Counts the rounds of each run of the mutex convoy, and those that did not complete. */
export function roundCounts<By extends keyof Sample>(
  dataset: MutexConvoyData,
  { by, where = {} }: Omit<CellQuery<MutexConvoy, By>, "value">,
): RoundCounts<Pick<Sample, By>>[] {
  const query = { by, where: { ...where, row: "total" } };
  const ended = { ...where, row: "total", outcome: "completed" };
  const completed = cells(dataset, { value: "rounds", by, where: ended });
  const spans = cells(dataset, { ...query, value: "spanUs" });
  return cells(dataset, { ...query, value: "rounds" }).map(({ levels, runs, byRun }, cell) => {
    const good = completed.find((other) => by.every((name) => other.levels[name] === levels[name]));
    const rounds = byRun.map(total);
    return {
      levels,
      rounds,
      failed: runs.map((run, at) => (rounds[at] as number) - completedIn(good, run)),
      spansUs: (spans[cell]?.byRun ?? []).map((ofRun) => Math.max(...ofRun)),
    };
  });
}

function completedIn(cell: Cell<unknown> | undefined, run: number): number {
  const at = cell?.runs.indexOf(run) ?? -1;
  return total(cell?.byRun[at] ?? new Float64Array(0));
}

function total(counts: Float64Array): number {
  return sum(Array.from(counts));
}

const by = ["executor", "section", "lock", "tasks", "blockers"] as const;

/**
 * Counts the rounds of the mutex convoy that timed out, and those that completed in a second, by executor × section ×
 * lock × tasks × blockers × role. Lock "none" is the independent workload, whose tasks all do the same: role "all".
 */
export function convoyFailures(dataset: MutexConvoyData) {
  const cells = [
    ...roundCounts(dataset, { by, where: { lock: "none" } }).map((cell) => ({ role: "all", cell })),
    ...roundCounts(dataset, { by: [...by, "role"], where: { workload: "contention" } }).map((cell) => ({
      role: cell.levels.role,
      cell,
    })),
  ];
  return cells.map(({ role, cell }) => ({
    ...cell.levels,
    role,
    runs: cell.rounds.length,
    rounds: sum([...cell.rounds]),
    ...intervalColumns("failure", "Share", shareOf(cell.failed, cell.rounds)),
    ...intervalColumns("completedPerSecond", "", meanOf(rates(cell))),
  }));
}

function rates({ failed, rounds, spansUs }: RoundCounts<unknown>): Float64Array[] {
  return rounds.map((count, run) =>
    Float64Array.of(((count - (failed[run] as number)) * 1e6) / (spansUs[run] as number)),
  );
}

/**
 * Summarises how long rounds took beside a critical section of one poll, by executor × section × lock × tasks ×
 * blockers × role: median and p90 of the rounds that were kept, time-outs included.
 */
export function convoyLatencies(dataset: MutexConvoyData) {
  const where = { row: "round", section: "poll" } as const;
  return cells(dataset, { value: "latencyUs", by: [...by, "role"], where }).map(({ levels, byRun }) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-3),
    ...intervalColumns("p90", "Ms", quantileOf(byRun, 0.9), 1e-3),
  }));
}

/** One combination of levels of which contention is set beside independence. */
export interface ConvoyLevels extends Pick<Sample, (typeof by)[number]> {
  /** Rounds of these tasks only; both roles together where it is left out. */
  readonly role?: Sample["role"];
}

/**
 * Estimates what the lock adds to the failure rate of each role: contention − independence at equal executor, section,
 * tasks and blockers; the same tasks are contenders in both. Levels without an independent counterpart are left out.
 */
export function lockAmplification(dataset: MutexConvoyData) {
  const locked = roundCounts(dataset, { by: [...by, "role"], where: { workload: "contention" } });
  const rows = locked.map(({ levels }) => ({
    ...levels,
    ...intervalColumns("added", "Share", addedFailures(dataset, levels)),
  }));
  return rows.filter(({ addedShare }) => addedShare !== null);
}

/** Estimates the added failure rate of one combination; missing where either side was not measured. */
export function addedFailures(dataset: MutexConvoyData, { role, ...levels }: ConvoyLevels): Estimate {
  const where = { ...levels, ...(role && { role }) };
  const [locked] = roundCounts(dataset, { by: [], where });
  const [free] = roundCounts(dataset, { by: [], where: { ...where, lock: "none" } });
  if (locked === undefined || free === undefined) return missing;
  return shareDifferenceOf([locked.failed, locked.rounds], [free.failed, free.rounds]);
}

const milliseconds = 1e-3;

/**
 * Summarises what contenders went through, by executor × section × lock × tasks × blockers: the wait for the lock, its
 * last part (the lock is there, a worker is not), and the hold. A wait that ended with giving up counts with the time
 * until then: it is cut off at the time-out and one wait for a worker.
 */
export function lockWaits(dataset: MutexConvoyData) {
  const where = { row: "round", role: "contender", workload: "contention" } as const;
  const quantile = (value: "handOverUs" | "holdUs", levels: Where<MutexConvoy>, p: number): Estimate => {
    const [cell] = cells(dataset, { value, by: [], where: { ...where, ...levels } });
    return quantileOf(cell?.byRun ?? [], p);
  };
  return cells(dataset, { value: "lockWaitUs", by, where }).map(({ levels, byRun }) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("lockWaitP50", "Ms", quantileOf(byRun, 0.5), milliseconds),
    ...intervalColumns("lockWaitP95", "Ms", quantileOf(byRun, 0.95), milliseconds),
    ...intervalColumns("handOverP50", "Ms", quantile("handOverUs", levels, 0.5), milliseconds),
    ...intervalColumns("holdP50", "Ms", quantile("holdUs", levels, 0.5), milliseconds),
    ...intervalColumns("holdP95", "Ms", quantile("holdUs", levels, 0.95), milliseconds),
  }));
}

import { cells } from "../../summary/cells.ts";
import { quantileOf, type RunCounts, type Runs, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { intervalText } from "../../summary/interval-text.ts";
import { markedCounts } from "../../summary/marked-counts.ts";
import { rowsOf } from "../../summary/rows.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type Declared = ReturnType<typeof experiment>;
export type OtherPoolsData = Dataset<Declared>;
type Sample = SampleOf<Declared>;

export type PoolDelay = ReturnType<typeof poolDelays>[number];
export type PoolFailure = ReturnType<typeof poolFailures>[number];

/** Length of a block (ns): what a delay is measured by. */
export const blockNs = 50e6;

/** Describes how late probes woke, by pool × version of Node × blockers: median, and p99 also in blocks, with 95 % intervals. */
export function poolDelays(dataset: OtherPoolsData) {
  const by = ["pool", "node", "load"] as const;
  return cells(dataset, { value: "overheadNs", by, where: { sweep: "blockers" } }).map(
    ({ levels, byRun }) => ({
      pool: levels.pool,
      node: levels.node,
      blockers: levels.load,
      runs: byRun.length,
      ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-6),
      ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-6),
      ...intervalColumns("p99", "Blocks", quantileOf(byRun, 0.99), 1 / blockNs),
    }),
  );
}

/** Counts the requests that timed out, by pool × version of Node × clients: their share with its interval over runs. */
export function poolFailures(dataset: OtherPoolsData) {
  const by = ["pool", "node", "load"] as const;
  return markedCounts(dataset, { by, where: { sweep: "requests" } }, isFailed).map(
    ({ levels, marked, all }) => ({
      pool: levels.pool,
      node: levels.node,
      clients: levels.load,
      runs: all.length,
      ...intervalColumns("failure", "Share", shareOf(marked, all)),
    }),
  );
}

/** Levels of one cell; without a version of Node, that of all other experiments. */
export interface PoolLevels extends Pick<Sample, "pool" | "load">, Partial<Pick<Sample, "node">> {}

/** Takes the overheads (ns) of the probes of each run beside so many blockers. */
export function delaysAt(dataset: OtherPoolsData, levels: PoolLevels): Runs {
  const where = { node: "26", sweep: "blockers", ...levels } as const;
  return cells(dataset, { value: "overheadNs", by: [], where })[0]?.byRun ?? [];
}

/** Counts failed and all requests of each run with so many clients. */
export function failuresAt(dataset: OtherPoolsData, levels: PoolLevels): RunCounts {
  const where = { node: "26", sweep: "requests", ...levels } as const;
  const [found] = markedCounts(dataset, { by: [], where }, isFailed);
  return [found?.marked ?? [], found?.all ?? []];
}

function isFailed({ outcome }: Sample): boolean {
  return outcome === "timed-out";
}

/**
 * Lays out both sweeps for readers, one row a pool × version of Node: p99 in blocks without blockers, with one worker left,
 * with none and beyond, and the share of failed requests by clients. What was not measured is missing.
 */
export function poolTable(delays: readonly PoolDelay[], failures: readonly PoolFailure[], workers: number) {
  const rows = [...delays, ...failures].map(({ pool, node }) => ({ pool, node }));
  const cases = Map.groupBy(rows, ({ pool, node }) => `${pool} ${node}`);
  return [...cases.values()].flatMap(([row]) => {
    if (row === undefined) return [];
    const p99 = (blockers: number) => {
      const [found] = rowsOf(delays, { ...row, blockers });
      return spell(found?.p99Blocks, found?.p99LowBlocks, found?.p99HighBlocks);
    };
    const failed = (clients: number) => {
      const [found] = rowsOf(failures, { ...row, clients });
      return spell(found?.failureShare, found?.failureLowShare, found?.failureHighShare);
    };
    return {
      pool: row.pool,
      Node: row.node,
      "p99 at K = 0": p99(0),
      "p99 at K = W − 1": p99(workers - 1),
      "p99 at K = W": p99(workers),
      "p99 at K = W + 2": p99(workers + 2),
      "failed of 5 clients": failed(5),
      "failed of 15": failed(15),
      "failed of 30": failed(30),
    };
  });
}

function spell(estimate: number | null = null, low: number | null = null, high: number | null = null) {
  return intervalText({ estimate, low, high });
}

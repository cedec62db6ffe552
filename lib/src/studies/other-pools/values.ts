import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type { OtherPoolsData, PoolDelay, PoolFailure } from "./analysis.ts";

const names = [
  ["Piscina", "piscina"],
  ["Tinypool", "tinypool"],
  ["Workerpool", "workerpool"],
  ["Poolifier", "poolifier"],
  ["PoolifierQueue", "poolifier-queue"],
  ["Cluster", "cluster"],
] as const;

/**
 * Names the numbers that the article cites: p99 in blocks with one worker left and with none, and the share of failed
 * requests with 15 clients, by pool; null where the profile did not measure a value.
 */
export function otherPoolsValues(
  dataset: OtherPoolsData,
  delays: readonly PoolDelay[],
  failures: readonly PoolFailure[],
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const blocks = (pool: PoolDelay["pool"], node: PoolDelay["node"], blockers: number) =>
    valueAt(delays, { pool, node, blockers }, "p99Blocks");
  const ofPools = names.flatMap(([name, pool]) => [
    [`blocksBelow${name}`, blocks(pool, "26", workers - 1)],
    [`blocksAt${name}`, blocks(pool, "26", workers)],
    [`failed15${name}Share`, valueAt(failures, { pool, node: "26", clients: 15 }, "failureShare")],
  ]);
  const ofVersions = (["22", "24", "26"] as const).flatMap((node) => [
    [`blocksBelowRunQueue${node}`, blocks("run-queue", node, workers - 1)],
    [`blocksAtRunQueue${node}`, blocks("run-queue", node, workers)],
  ]);
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    ...Object.fromEntries([...ofPools, ...ofVersions]),
  };
}

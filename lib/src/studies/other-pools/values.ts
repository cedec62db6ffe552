import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type { OtherPoolsData, PoolDelay, PoolFailure } from "./analysis.ts";

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
  const below = (pool: PoolDelay["pool"]) => blocks(pool, "26", workers - 1);
  const at = (pool: PoolDelay["pool"]) => blocks(pool, "26", workers);
  const failed = (pool: PoolFailure["pool"]) =>
    valueAt(failures, { pool, node: "26", clients: 15 }, "failureShare");
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    blocksBelowPiscina: below("piscina"),
    blocksBelowTinypool: below("tinypool"),
    blocksBelowWorkerpool: below("workerpool"),
    blocksBelowPoolifier: below("poolifier"),
    blocksBelowPoolifierQueue: below("poolifier-queue"),
    blocksBelowCluster: below("cluster"),
    blocksAtPiscina: at("piscina"),
    blocksAtTinypool: at("tinypool"),
    blocksAtWorkerpool: at("workerpool"),
    blocksAtPoolifier: at("poolifier"),
    blocksAtPoolifierQueue: at("poolifier-queue"),
    blocksAtCluster: at("cluster"),
    failed15PiscinaShare: failed("piscina"),
    failed15TinypoolShare: failed("tinypool"),
    failed15WorkerpoolShare: failed("workerpool"),
    failed15PoolifierShare: failed("poolifier"),
    failed15PoolifierQueueShare: failed("poolifier-queue"),
    failed15ClusterShare: failed("cluster"),
    blocksBelowRunQueue22: blocks("run-queue", "22", workers - 1),
    blocksAtRunQueue22: blocks("run-queue", "22", workers),
    blocksBelowRunQueue24: blocks("run-queue", "24", workers - 1),
    blocksAtRunQueue24: blocks("run-queue", "24", workers),
    blocksBelowRunQueue26: blocks("run-queue", "26", workers - 1),
    blocksAtRunQueue26: blocks("run-queue", "26", workers),
  };
}

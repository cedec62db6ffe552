import { startCluster } from "./cluster.ts";
import { startPoolifier, startQueueingPoolifier } from "./poolifier.ts";
import type { StartPool } from "./started-pool.ts";
import { startTinypool } from "./tinypool.ts";
import { startWorkerpool } from "./workerpool.ts";

/** The pools that are set beside Piscina, by the name they have in tables and figures. */
export const otherPools = {
  tinypool: startTinypool,
  workerpool: startWorkerpool,
  poolifier: startPoolifier,
  "poolifier-queue": startQueueingPoolifier,
  cluster: startCluster,
} as const satisfies Record<string, StartPool>;

export type OtherPoolName = keyof typeof otherPools;

import { prepareBoundedChannel } from "./bounded-channel.ts";
import { prepareConnectionPool } from "./connection-pool.ts";
import { prepareMutex } from "./mutex.ts";
import type { PrepareMechanism } from "./operation.ts";
import { prepareTimeOut } from "./time-out.ts";

/** The four ways in which starvation surfaces as somebody else's error. */
export const mechanisms = {
  "time-out": prepareTimeOut,
  "bounded-channel": prepareBoundedChannel,
  "connection-pool": prepareConnectionPool,
  mutex: prepareMutex,
} as const satisfies Record<string, PrepareMechanism>;

export type MechanismName = keyof typeof mechanisms;

export const mechanismNames = Object.keys(mechanisms) as MechanismName[];

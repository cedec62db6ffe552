import type { Piscina } from "piscina";
import type { ThreadReading } from "../measure/watch-thread.ts";

/** What Node's and Piscina's own instruments say of a run; the tasks know nothing of them. */
export interface Readings {
  /** By worker number. */
  readonly workers: readonly ThreadReading[];
  /** The thread of the dispatcher. */
  readonly main: ThreadReading;
  readonly pool: PoolReading;
}

/** Piscina's histograms of what it was handed (ns) and its utilisation, a share. */
export interface PoolReading {
  readonly waitMeanNs: number;
  readonly waitP99Ns: number;
  readonly runMeanNs: number;
  readonly runP99Ns: number;
  readonly utilization: number;
}

/** Reads a pool's instruments: they cover what has ended since they were last reset. */
export function readPool({ histogram, utilization }: Piscina): PoolReading {
  const { waitTime, runTime } = histogram;
  return {
    waitMeanNs: Math.round(waitTime.mean * 1e6),
    waitP99Ns: Math.round(waitTime.p99 * 1e6),
    runMeanNs: Math.round(runTime.mean * 1e6),
    runP99Ns: Math.round(runTime.p99 * 1e6),
    utilization,
  };
}

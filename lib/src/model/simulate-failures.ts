import { seededRandom } from "../stats/random.ts";
import { type RequestLoad, RequestLoadWorkload } from "./request-load.ts";
import { type Discipline, Simulation } from "./simulation.ts";

export type RequestDesign = Omit<RequestLoad, "random" | "lagMs">;

/**
 * Simulates the request-timeouts experiment once for each replication, with successive seeds.
 *
 * @param discipline makes the discipline from the replication's random numbers
 * @param lagsMs how late timers fire of themselves (ms); each is drawn equally often; empty: never
 * @returns the share of requests that missed their deadline, one a replication
 */
export function simulateFailures(
  design: RequestDesign,
  workers: number,
  discipline: (random: () => number) => Discipline,
  { lagsMs, replications, firstSeed = 1 }: ReplicationOptions,
): number[] {
  return Array.from({ length: replications }, (_, replication) => {
    const random = seededRandom(firstSeed + replication);
    const lagMs = (): number => lagsMs[Math.floor(random() * lagsMs.length)] ?? 0;
    const workload = new RequestLoadWorkload({ ...design, random, lagMs });
    new Simulation(workload, workers, discipline(random)).run();
    return workload.failures / (workload.failures + workload.completed);
  });
}

/** What sets one replication apart from another. */
export interface ReplicationOptions {
  readonly lagsMs: ArrayLike<number>;
  readonly replications: number;
  /** Seed of the first replication (default 1). */
  readonly firstSeed?: number;
}

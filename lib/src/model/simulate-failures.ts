import { seededRandom } from "../stats/random.ts";
import { type RequestLoad, RequestLoadWorkload } from "./request-load.ts";
import { type Discipline, Simulation } from "./simulation.ts";

export type RequestDesign = Omit<RequestLoad, "random" | "lagMs">;

/**
 * Simulates the request-timeouts experiment once for each replication, with seeds 1, 2, …
 *
 * @param lagsMs how late timers fire of themselves (ms); each is drawn equally often; empty: never
 * @returns the share of requests that missed their deadline, one a replication
 */
export function simulateFailures(
  design: RequestDesign,
  workers: number,
  discipline: Discipline,
  { lagsMs, replications }: { readonly lagsMs: ArrayLike<number>; readonly replications: number },
): number[] {
  return Array.from({ length: replications }, (_, replication) => {
    const random = seededRandom(replication + 1);
    const lagMs = (): number => lagsMs[Math.floor(random() * lagsMs.length)] ?? 0;
    const workload = new RequestLoadWorkload({ ...design, random, lagMs });
    new Simulation(workload, workers, discipline).run();
    return workload.failures / (workload.failures + workload.completed);
  });
}

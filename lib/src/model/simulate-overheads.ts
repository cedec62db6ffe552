import { seededRandom } from "../stats/random.ts";
import { type BlockerSweep, BlockerSweepWorkload } from "./blocker-sweep.ts";
import type { ReplicationOptions } from "./simulate-failures.ts";
import { type Discipline, Simulation } from "./simulation.ts";

/** A sweep without what each replication brings along itself. */
export type SweepDesign = Omit<BlockerSweep, "random" | "lagMs">;

/**
 * Simulates the scheduling-delay experiment once for each replication, with successive seeds.
 *
 * @param discipline makes the discipline from the replication's random numbers
 * @param lagsMs how late timers fire of themselves (ms); each is drawn equally often; empty: never
 * @returns overheads (ms), one array a replication
 */
export function simulateOverheads(
  design: SweepDesign,
  workers: number,
  discipline: (random: () => number) => Discipline,
  { lagsMs, replications, firstSeed = 1 }: ReplicationOptions,
): Float64Array[] {
  return Array.from({ length: replications }, (_, replication) => {
    const random = seededRandom(firstSeed + replication);
    const lagMs = (): number => lagsMs[Math.floor(random() * lagsMs.length)] ?? 0;
    const workload = new BlockerSweepWorkload({ ...design, random, lagMs });
    new Simulation(workload, workers, discipline(random)).run();
    return workload.overheadsMs;
  });
}

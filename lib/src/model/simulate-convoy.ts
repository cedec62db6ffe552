import { seededRandom } from "../stats/random.ts";
import { type LockRounds, LockRoundsWorkload, measuredConvoy } from "./lock-rounds.ts";
import { sharedQueue } from "./shared-queue.ts";
import { Simulation } from "./simulation.ts";

/** What is varied of the mutex convoy. */
export interface ConvoyDesign extends Pick<LockRounds, "users" | "blockers"> {
  readonly lock: "fair" | "none";
}

/** Makes the workload of a design; the same seed gives the same run. */
export function convoyWorkload({ users, blockers, lock }: ConvoyDesign, seed: number): LockRoundsWorkload {
  const contendingShare = lock === "none" ? 0 : measuredConvoy.contendingShare;
  const random = seededRandom(seed);
  return new LockRoundsWorkload({ ...measuredConvoy, users, contendingShare, blockers, random });
}

const replications = 6;

/**
 * Simulates the mutex convoy on one shared queue, with successive seeds.
 *
 * @returns the share of rounds that miss their deadline, one a replication: of the tasks that take the lock, or would if
 *   there were one
 */
export function simulateConvoyFailures(design: ConvoyDesign, workers: number): number[] {
  return Array.from({ length: replications }, (_, replication) => {
    const workload = convoyWorkload(design, replication + 1);
    new Simulation(workload, workers, sharedQueue).run();
    const { failed, finished } = workload;
    return failed.contenders / finished.contenders;
  });
}

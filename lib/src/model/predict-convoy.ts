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
 * Predicts what share of the rounds miss their deadline on one shared queue: of the tasks that take the lock, or would if
 * there were one.
 */
export function predictConvoyFailures(design: ConvoyDesign, workers: number): number {
  let [failed, finished] = [0, 0];
  for (let seed = 1; seed <= replications; seed++) {
    const workload = convoyWorkload(design, seed);
    new Simulation(workload, workers, sharedQueue).run();
    failed += workload.failed.contenders;
    finished += workload.finished.contenders;
  }
  return failed / finished;
}

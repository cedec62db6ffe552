import { sharedQueue } from "../../../model/shared-queue.ts";
import { Simulation } from "../../../model/simulation.ts";
import { type ConvoyChoice, mostBlockers } from "./choice.ts";
import { convoyOf, workers } from "./play-convoy.ts";

/** What the queue alone predicts of the rounds that miss their deadline, at one number of blockers (%). */
export interface PredictedFailure {
  /** Without a lock. */
  readonly none: number;
  /** Rounds of the tasks that take it. */
  readonly fair: number;
}

const replications = 6;

/** Simulates the measured design for each number of blockers, from 0 on. */
export function predictedFailures(): PredictedFailure[] {
  return Array.from({ length: mostBlockers + 1 }, (_, blockers) => ({
    none: failedPercent(blockers, "none"),
    fair: failedPercent(blockers, "fair"),
  }));
}

function failedPercent(blockers: number, lock: ConvoyChoice["lock"]): number {
  let [failed, ended] = [0, 0];
  for (let seed = 1; seed <= replications; seed++) {
    const workload = convoyOf({ blockers, lock, seed });
    new Simulation(workload, workers, sharedQueue).run();
    failed += workload.failed.contenders;
    ended += workload.finished.contenders;
  }
  return (100 * failed) / ended;
}

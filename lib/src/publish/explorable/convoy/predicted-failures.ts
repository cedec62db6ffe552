import { mean } from "simple-statistics";
import { measuredConvoy } from "../../../model/lock-rounds.ts";
import { simulateConvoyFailures } from "../../../model/simulate-convoy.ts";
import { mostBlockers } from "./choice.ts";
import { workers } from "./play-convoy.ts";

/** What the queue alone predicts of the rounds that miss their deadline, at one number of blockers (%). */
export interface PredictedFailure {
  /** Without a lock. */
  readonly none: number;
  /** Rounds of the tasks that take it. */
  readonly fair: number;
}

/** Predicts the measured design for each number of blockers, from 0 on. */
export function predictedFailures(): PredictedFailure[] {
  return Array.from({ length: mostBlockers + 1 }, (_, blockers) => {
    const percent = (lock: "none" | "fair") =>
      100 * mean(simulateConvoyFailures({ users: measuredConvoy.users, blockers, lock }, workers));
    return { none: percent("none"), fair: percent("fair") };
  });
}

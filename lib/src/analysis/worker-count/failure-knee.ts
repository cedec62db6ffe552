import { type LogisticKnee, logisticKnee } from "../../stats/logistic-knee.ts";
import { seededRandom } from "../../stats/random.ts";
import type { Dataset } from "../../tables/load.ts";
import { poolCounts } from "./pool-counts.ts";

/** Finds where requests begin to fail as clients grow, in one pool. */
export function failureKnee(dataset: Dataset, workers: number): LogisticKnee | null {
  return logisticKnee(poolCounts(dataset, { workers }), { random: seededRandom(1) });
}

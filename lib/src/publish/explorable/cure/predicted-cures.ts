import {
  disciplineOfRemedy,
  type ModelledRemedy,
  measuredRemedies,
  poolsOfRemedy,
  RemediedJobsWorkload,
} from "../../../model/remedied-jobs.ts";
import { Simulation } from "../../../model/simulation.ts";
import { quantile } from "../../../stats/quantile.ts";
import { seededRandom } from "../../../stats/random.ts";
import { remedyLabels } from "./choice.ts";

/** What the queue alone predicts of one remedy. */
export interface PredictedCure {
  readonly remedy: ModelledRemedy;
  readonly p95Ms: number;
  /** Jobs that end within the window, by the second. */
  readonly jobsPerSecond: number;
}

const replications = 20;

/** Simulates the measured design under every remedy for a number of callers. */
export function predictedCures(callers: number): PredictedCure[] {
  return remedyLabels.map(([remedy]) => {
    const design = { ...measuredRemedies, remedy, callers };
    const runs = Array.from({ length: replications }, (_, replication) => {
      const workload = new RemediedJobsWorkload({ ...design, random: seededRandom(replication + 1) });
      new Simulation(workload, poolsOfRemedy(remedy).length, disciplineOfRemedy(design)).run();
      return workload;
    });
    const delays = runs.flatMap(({ delaysMs }) => Array.from(delaysMs));
    const [first] = runs;
    const lastMs = first?.jobsEndedMs.at(-1) ?? 0;
    return {
      remedy,
      p95Ms: quantile(delays, 0.95)?.estimate ?? 0,
      jobsPerSecond: lastMs === 0 ? 0 : ((first?.jobsEndedMs.length ?? 0) / lastMs) * 1000,
    };
  });
}

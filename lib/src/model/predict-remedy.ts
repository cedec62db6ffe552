import { quantile } from "../stats/quantile.ts";
import { seededRandom } from "../stats/random.ts";
import {
  disciplineOfRemedy,
  type ModelledRemedy,
  measuredRemedies,
  poolsOfRemedy,
  RemediedJobsWorkload,
} from "./remedied-jobs.ts";
import { Simulation } from "./simulation.ts";

/** What the queue alone predicts of one remedy. */
export interface PredictedRemedy {
  readonly remedy: ModelledRemedy;
  /** 95th percentile of the others' delay (ms). */
  readonly p95Ms: number;
  readonly jobsPerSecond: number;
}

const replications = 20;

/** Simulates the measured design under a remedy. */
export function predictRemedy(
  remedy: ModelledRemedy,
  callers: number = measuredRemedies.callers,
): PredictedRemedy {
  const design = { ...measuredRemedies, remedy, callers };
  const runs = Array.from({ length: replications }, (_, replication) => {
    const workload = new RemediedJobsWorkload({ ...design, random: seededRandom(replication + 1) });
    new Simulation(workload, poolsOfRemedy(remedy).length, disciplineOfRemedy(design)).run();
    return workload;
  });
  const delays = runs.flatMap(({ delaysMs }) => Array.from(delaysMs));
  // Jobs come at no random moments: they end alike in every run.
  const ended = runs[0]?.jobsEndedMs ?? [];
  const lastMs = ended.at(-1);
  return {
    remedy,
    p95Ms: quantile(delays, 0.95)?.estimate ?? 0,
    jobsPerSecond: lastMs === undefined ? 0 : (ended.length / lastMs) * 1000,
  };
}

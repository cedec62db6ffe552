import {
  disciplineOfRemedy,
  measuredRemedies,
  poolsOfRemedy,
  RemediedJobsWorkload,
} from "../../../model/remedied-jobs.ts";
import { seededRandom } from "../../../stats/random.ts";
import { type PlayedRun, playRun } from "../pool/played-run.ts";
import type { CureChoice } from "./choice.ts";

/** Fewer than were measured, so that a reader can follow them: how long each waits does not depend on the others. */
const shownProbes = 120;

/** A run of one remedy to be watched. */
export interface PlayedCure {
  readonly run: PlayedRun;
  readonly windowMs: number;
  /** When each job ended, in that order (ms). */
  readonly jobsEndedMs: readonly number[];
}

/** Plays one run. The same seed gives the same run. */
export function playCure({ remedy, callers, seed }: CureChoice): PlayedCure {
  const design = { ...measuredRemedies, remedy, callers, probes: shownProbes };
  const workload = new RemediedJobsWorkload({ ...design, random: seededRandom(seed) });
  const run = playRun(workload, disciplineOfRemedy(design), {
    queues: poolsOfRemedy(remedy),
    probes: shownProbes,
  });
  return { run, windowMs: design.windowMs, jobsEndedMs: workload.jobsEndedMs };
}

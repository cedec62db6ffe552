import { BlockerSweepWorkload, publishedSweep } from "../../../model/blocker-sweep.ts";
import { type DisciplineName, disciplines } from "../../../model/disciplines.ts";
import { seededRandom } from "../../../stats/random.ts";
import { type PlayedRun, playRun } from "../pool/played-run.ts";

/** A run of the blocker sweep to be watched. */
export interface SweepDesign {
  readonly discipline: DisciplineName;
  readonly workers: number;
  readonly blockers: number;
  readonly seed: number;
}

/** Plays one run of the published blocker sweep. The same seed gives the same run. */
export function playSweep({ discipline, workers, blockers, seed }: SweepDesign): PlayedRun {
  const random = seededRandom(seed);
  const workload = new BlockerSweepWorkload({ ...publishedSweep, blockers, random, lagMs: () => 0 });
  const own = discipline === "event loops";
  return playRun(workload, disciplines[discipline](random), {
    queues: Array.from({ length: workers }, (_, worker) => (own ? worker : 0)),
    probes: publishedSweep.probes,
  });
}

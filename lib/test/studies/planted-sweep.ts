import { seededRandom } from "../../src/stats/random.ts";
import type { SchedulingDelayData } from "../../src/studies/scheduling-delay/analysis.ts";
import { experiment } from "../../src/studies/scheduling-delay/experiment.ts";
import { datasetOf } from "../summary/dataset-of.ts";

export interface PlantedSweep {
  readonly executor: "run-queue" | "piscina" | "pinned";
  readonly runs: number;
  /** Default: 4. */
  readonly workers?: number;
  /** Numbers of blockers that were measured. */
  readonly blockers: readonly number[];
  /** From this many blockers on, 40 % of the wake-ups are late by 40 ms. */
  readonly cliffAt: number;
  /** Runs differ in speed by up to this factor. */
  readonly noise: number;
  /** Default: 7. */
  readonly seed?: number;
}

/** Makes the data of a blocker sweep whose cliff is known: 500 wake-ups a run, on a floor with an exponential tail. */
export function plantedSweep({
  executor,
  runs,
  workers = 4,
  blockers,
  cliffAt,
  noise,
  seed = 7,
}: PlantedSweep): SchedulingDelayData {
  const random = seededRandom(seed);
  const rows = blockers.flatMap((count, level) =>
    Array.from({ length: runs }, (_, replicate) => level * runs + replicate + 1).flatMap((run) => {
      const speed = noise ** random();
      return Array.from({ length: 500 }, () => {
        const late = count >= cliffAt && random() < 0.4;
        const overheadNs = Math.round((late ? 40e6 : 0) + (0.1 - 0.2 * Math.log(1 - random())) * 1e6 * speed);
        return { ...base, run, executor, workers, blockers: count, overheadNs };
      });
    }),
  );
  return datasetOf(experiment(), rows);
}

const base = {
  part: "base",
  source: "probe",
  probes: 50,
  load: "closed-loop",
  blocking: "original",
  phase: "spread",
  dispatchNs: 1000,
} as const;

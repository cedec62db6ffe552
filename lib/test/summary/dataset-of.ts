import { from } from "arquero";
import type { experiment as schedulingDelay } from "../../src/studies/scheduling-delay/experiment.ts";
import type { ExperimentDeclaration, SampleOf } from "../../src/tables/experiment-declaration.ts";
import type { Dataset } from "../../src/tables/load.ts";
import type { Manifest } from "../../src/tables/manifest.ts";

type DelaySample = Partial<SampleOf<ReturnType<typeof schedulingDelay>>>;

export type SampleRow = Readonly<Record<string, number | string | boolean | null>>;

/** Stands for an experiment in tests of what any experiment's data get. */
export const anyExperiment: ExperimentDeclaration = {
  name: "test",
  question: "What is asked?",
  factors: {},
  response: {},
};

const executor = ["run-queue", "piscina", "pinned"];

/** Makes a dataset from rows written out in a test; levels are ordered as the experiments declare them. */
export function datasetOf<E extends ExperimentDeclaration>(
  declaration: E,
  samples: readonly Partial<SampleOf<E>>[],
  manifest: Partial<Manifest> = {},
): Dataset<E> {
  const runs = [...new Map(samples.map((row) => [row["run"], row])).values()];
  return {
    declaration,
    experiment: declaration.name,
    host: "test-host",
    runs: from([...runs]),
    samples: from([...samples]),
    manifest: {
      parameters: { blocks: 1, factors: { executor }, parts: [], restriction: {} },
      runs: { planned: runs.length, valid: runs.length, invalid: {} },
      ...manifest,
    } as Manifest,
  };
}

/** Repeats the values 1 … count, in a fixed order, as overheads in microseconds of one run. */
export function ramp(run: number, count: number, levels: DelaySample, scale = 1): DelaySample[] {
  return Array.from({ length: count }, (_, i) => ({
    part: "base",
    source: "probe",
    executor: "run-queue",
    workers: 4,
    blockers: 0,
    probes: 50,
    load: "closed-loop",
    blocking: "original",
    phase: "spread",
    dispatchNs: 400,
    ...levels,
    run,
    overheadNs: (i + 1) * 1000 * scale,
  }));
}

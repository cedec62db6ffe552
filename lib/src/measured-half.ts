/** What the measured half of a study is made with: `scheduling-safety/measure`. The process of a run loads no more. */
export { around, cross, range } from "./design/design-parts.ts";
export type { DesignPart, Experiment, Profile, RunResult } from "./design/experiment.ts";
export { defineExperiment } from "./design/experiment.ts";
export { namesOf } from "./design/names-of.ts";
export { runtimeFlags } from "./executor/runtime-flags.ts";
export { watchCollections } from "./executor/watch-collections.ts";
export { poolFailure, startWorkerPool } from "./executor/worker-pool.ts";
export { type Clock, startClock } from "./measure/clock.ts";
export { entryBeside } from "./measure/entry-beside.ts";
export { NotTestableError } from "./measure/study-error.ts";
export { quantile } from "./stats/quantile.ts";
export { seededRandom, shuffle } from "./stats/random.ts";
export type { ColumnsOf, Schema } from "./tables/schema.ts";

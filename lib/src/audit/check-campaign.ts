import type { Experiment, Profile } from "../design/experiment.ts";
import { planRuns } from "../harness/plan.ts";
import { UsageError } from "../measure/study-error.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import { earlierRunsSchema, runsSchema } from "../tables/runs-schema.ts";
import { samplesSchema } from "../tables/samples-schema.ts";
import type { Schema } from "../tables/schema.ts";
import { checkManifest } from "./check-manifest.ts";
import { checkRuns } from "./check-runs.ts";
import { checkSamples, checkUnits } from "./check-samples.ts";
import { checkReplicates } from "./replicates.ts";

/**
 * Derives again everything about a campaign that follows from its declared design, its seed and its tables, and compares.
 *
 * @param declare declares the experiment at given worker counts, or at its own
 * @returns one message a difference
 */
export function checkCampaign(
  tables: ExperimentTables,
  declare: (workerCounts?: readonly number[]) => Experiment,
): string[] {
  const { manifest, runs, samples } = tables;
  const { seed, parameters } = manifest;
  const profile = manifest.profile as Profile;
  const workers = (parameters.factors["workers"] ?? []).map(Number);
  const experiment = declare(workers.length > 0 ? workers : undefined);
  const plan = planOrTell(() => planRuns(experiment, profile, seed, parameters.restriction));
  if (typeof plan === "string") return [plan];
  return [
    ...checkUnits({ path: "runs.arrow", described: tables.describedRuns }, schemaOf(tables, experiment)),
    ...checkUnits({ path: "samples.arrow", described: samples.described }, samplesSchema(experiment)),
    ...checkManifest(manifest, runs, experiment, plan),
    ...checkRuns(manifest, runs, plan),
    ...checkReplicates(manifest, runs.columns, experiment.design(profile)),
    ...checkSamples(tables),
  ];
}

/** Reading has found the file to have one schema or the other. */
function schemaOf({ describedRuns }: ExperimentTables, experiment: Experiment): Schema {
  const schema = runsSchema(experiment);
  return Object.keys(schema).every((name) => name in describedRuns) ? schema : earlierRunsSchema(experiment);
}

/** A profile or a restriction that was edited may leave nothing to plan. */
function planOrTell<T>(plan: () => T): T | string {
  try {
    return plan();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

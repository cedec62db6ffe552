import { isDeepStrictEqual } from "node:util";
import type { CampaignProfile, Experiment } from "../design/experiment.ts";
import { isPlanned } from "../harness/campaign-identity.ts";
import { designOf, planRuns } from "../harness/plan.ts";
import { UsageError } from "../measure/study-error.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import { earlierRunsSchemas, runsSchema } from "../tables/runs-schema.ts";
import { samplesSchema } from "../tables/samples-schema.ts";
import type { Schema } from "../tables/schema.ts";
import { checkDesign, checkManifest, checkParts } from "./check-manifest.ts";
import { checkStatedRules } from "./check-rules.ts";
import { checkRuns } from "./check-runs.ts";
import { checkSamples, checkUnits } from "./check-samples.ts";
import { checkReplicates, measuredDesign } from "./replicates.ts";

/** What became of the derivation. */
export interface CampaignCheck {
  /** One message a difference. */
  readonly problems: readonly string[];
  /** Whether the declared design is the one that was measured; if not, what follows from it is derived from the tables. */
  readonly designed: boolean;
}

/**
 * Derives again everything about a campaign that follows from its declared design, its seed and its tables, and compares.
 * Where the design has changed since, the tables' own scenarios and the manifest's replicates stand for it: order and blocks
 * can no longer be derived.
 *
 * @param declare declares the experiment at given worker counts, or at its own
 */
export function checkCampaign(
  tables: ExperimentTables,
  declare: (workerCounts?: readonly number[]) => Experiment,
): CampaignCheck {
  const { manifest, runs, samples } = tables;
  const { seed, parameters } = manifest;
  const profile = manifest.profile as CampaignProfile;
  const workers = (parameters.factors["workers"] ?? []).map(Number);
  const experiment = declare(workers.length > 0 ? workers : undefined);
  const plan = planOrTell(() => planRuns(experiment, profile, seed, parameters.restriction));
  if (typeof plan === "string") return { problems: [plan], designed: true };
  const designed = isPlanned(manifest, plan);
  const design = designed ? designOf(experiment, profile) : measuredDesign(manifest, runs.columns);
  const problems = [
    ...checkUnits({ path: "runs.arrow", described: tables.describedRuns }, schemaOf(tables, experiment)),
    ...checkUnits({ path: "samples.arrow", described: samples.described }, samplesSchema(experiment)),
    ...checkStatedRules(manifest.validityRules),
    ...checkManifest(manifest, runs),
    ...(designed ? checkDesign(manifest, experiment, plan) : checkParts(manifest, design)),
    ...checkRuns(manifest, runs, designed ? plan : null),
    ...checkReplicates(manifest, runs.columns, design),
    ...checkSamples(tables),
  ];
  return { problems, designed };
}

/** Reading has found the file to have one of these schemas. */
function schemaOf({ describedRuns }: ExperimentTables, experiment: Experiment): Schema {
  const names = Object.keys(describedRuns);
  const schemas = [runsSchema(experiment), ...earlierRunsSchemas(experiment)];
  return schemas.find((schema) => isDeepStrictEqual(Object.keys(schema), names)) ?? runsSchema(experiment);
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

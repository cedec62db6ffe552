import type { CampaignProfile, Experiment } from "../design/experiment.ts";
import { isPlanned, isPlannedByAnyRule } from "../harness/campaign-identity.ts";
import { type Plan, planRuns, type Restriction } from "../harness/plan.ts";
import { UsageError } from "../measure/study-error.ts";
import { columnOf } from "../tables/column-of.ts";
import type { Manifest } from "../tables/manifest.ts";
import { campaignProfile } from "../tables/manifest-schema.ts";
import type { ReadTable } from "../tables/read-table.ts";
import { canBeMeasured, workerCountsOf } from "./worker-counts.ts";

/** The declared design that a campaign carried out. */
export interface DeclaredDesign {
  readonly experiment: Experiment;
  readonly profile: CampaignProfile;
  readonly restriction: Restriction;
  readonly plan: Plan;
}

/**
 * Finds the declared design whose fingerprint a manifest has: that of its profile, levels and restriction, or another one, where
 * those were edited.
 *
 * @param declare declares the experiment at given worker counts, or at its own
 * @returns null where this code declares no such design
 * @throws {DataError} when nobody can have measured at the manifest's worker counts.
 */
export function findDesign(
  manifest: Manifest,
  runs: ReadTable,
  declare: (workerCounts?: readonly number[]) => Experiment,
): DeclaredDesign | null {
  const { parameters, profile: said, seed } = manifest;
  const own = declare();
  const measured = measuredCounts(runs);
  const workers = [
    workerCountsOf(manifest, own),
    ...(measured && canBeMeasured(measured, own) ? [measured] : []),
    undefined,
  ];
  const restrictions = [parameters.restriction, {}];
  for (const profile of [said, ...campaignProfile.options]) {
    for (const counts of workers) {
      for (const restriction of restrictions) {
        const experiment = declare(counts);
        const plan = planIfAny(() => planRuns(experiment, profile, seed, restriction));
        if (plan && (isPlanned(manifest, plan) || isPlannedByAnyRule(manifest, plan)))
          return { experiment, profile, restriction, plan };
      }
    }
  }
  return null;
}

function measuredCounts({ columns }: ReadTable): readonly number[] | null {
  if (!("workers" in columns)) return null;
  const counts = new Set(Array.from(columnOf(columns, "workers"), Number));
  return [...counts].sort((a, b) => a - b);
}

/** A profile or a restriction that was edited may leave nothing to plan. */
function planIfAny(plan: () => Plan): Plan | null {
  try {
    return plan();
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

import { createHash } from "node:crypto";
import type { CampaignProfile, Experiment } from "../design/experiment.ts";
import { precisionRules } from "../stats/precision.ts";
import type { Manifest } from "../tables/manifest.ts";
import { runsSchema } from "../tables/runs-schema.ts";
import { samplesSchema } from "../tables/samples-schema.ts";
import type { Plan } from "./plan.ts";

/** What must stay the same for an unfinished campaign to go on; in the order in which differences are told. */
export interface CampaignIdentity {
  readonly experiment: string;
  readonly profile: CampaignProfile;
  readonly seed: number;
  readonly design: string;
  readonly tables: string;
  readonly code: string;
  readonly runtime: string;
}

/**
 * Identifies a campaign by what it will do: which runs, in which order, measured and stored by which code.
 *
 * @param rule what decides which of the planned runs are made; null where all of them are
 */
export function identifyCampaign(
  experiment: Experiment,
  profile: CampaignProfile,
  seed: number,
  plan: Plan,
  codeSha256: string,
  rule: unknown,
): CampaignIdentity {
  return {
    experiment: experiment.name,
    profile,
    seed,
    design: identifyDesign(plan.jobs, rule),
    tables: fingerprint([runsSchema(experiment), samplesSchema(experiment)]),
    code: codeSha256,
    runtime: process.version,
  };
}

/**
 * Tells whether a plan is the one that a manifest's campaign carried out, and the manifest says which of its runs were made as
 * that campaign decided it.
 */
export function isPlanned(manifest: Pick<Manifest, "identity" | RuleTold>, { jobs }: Plan): boolean {
  return manifest.identity.design === identifyDesign(jobs, ruleTold(manifest));
}

/** Tells whether a plan is the one of a manifest's campaign, whatever decided which of its runs were made. */
export function isPlannedByAnyRule({ identity }: Pick<Manifest, "identity">, { jobs }: Plan): boolean {
  return [null, precisionRules].some((rule) => identity.design === identifyDesign(jobs, rule));
}

type RuleTold = "replication" | "sequential";

/** What decided which of the planned runs were made; null where all of them were. */
function ruleTold({ replication, sequential }: Pick<Manifest, RuleTold>): unknown {
  if (sequential === undefined) return replication === undefined ? null : precisionRules;
  const { looks, budgetMs, asked } = sequential;
  return { looks, budgetMs, asked };
}

function identifyDesign(jobs: Plan["jobs"], rule: unknown): string {
  return fingerprint(rule === null ? jobs : [jobs, rule]);
}

/** Shortens plain data to a SHA-256. */
export function fingerprint(data: unknown): string {
  return createHash("sha256").update(JSON.stringify(data)).digest("hex");
}

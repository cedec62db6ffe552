import type { Experiment } from "../design/experiment.ts";
import { describeHost, type HostDescription } from "../measure/host-description.ts";
import { type HostState, readHostState } from "../measure/host-state.ts";
import type { Manifest } from "../tables/manifest.ts";
import { countRules, validityRules } from "../tables/validity.ts";
import { fingerprint } from "./campaign-identity.ts";
import type { CodeIdentity } from "./code-identity.ts";
import { codeChanged, describeSoftware, softwareWarnings } from "./describe-software.ts";
import type { RunRow } from "./part.ts";
import type { Plan, Restriction } from "./plan.ts";
import type { CampaignStart } from "./unfinished-campaign.ts";

/** What the host that measured knows when a campaign ends. */
export interface CampaignObservation {
  readonly host: HostDescription;
  readonly after: HostState;
  readonly software: Manifest["software"];
  /** Of the code as it is at the end. */
  readonly code: CodeIdentity;
}

/** Looks at this host at the end of a campaign. */
export function observeEnd(code: CodeIdentity): CampaignObservation {
  return { host: describeHost(), after: readHostState(), software: describeSoftware(), code };
}

/** Writes down everything about a campaign that its tables do not hold. */
export function describeCampaign(
  experiment: Experiment,
  plan: Plan,
  restriction: Restriction,
  { identity, beganMs, before }: CampaignStart,
  { host, after, software, code }: CampaignObservation,
  rows: readonly RunRow[],
  tables: Manifest["tables"],
  replicates: Pick<Manifest, "replication" | "sequential">,
): Manifest {
  const warnings = softwareWarnings(software);
  if (code.sha256 !== identity.code) warnings.push(codeChanged);
  return {
    experiment: experiment.name,
    question: experiment.question,
    profile: identity.profile,
    seed: identity.seed,
    date: new Date(beganMs).toISOString().slice(0, 10),
    warnings,
    runs: {
      planned: rows.length,
      valid: rows.filter(({ valid }) => valid === true).length,
      invalid: countRules(rows.map((row) => row["invalidReason"])),
    },
    parameters: {
      blocks: plan.blocks,
      factors: Object.fromEntries(
        Object.entries(experiment.factors).map(([name, { levels }]) => [name, levels]),
      ),
      parts: plan.parts.map(({ name, scenarios, replicates }) => ({
        name,
        scenarios: scenarios.length,
        replicates,
      })),
      restriction,
    },
    ...replicates,
    validityRules,
    host,
    conditions: { before, after },
    software,
    code,
    identity: { design: identity.design, tables: identity.tables },
    plan: fingerprint(identity),
    tables,
  };
}

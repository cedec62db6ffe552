import type { Experiment } from "../design/experiment.ts";
import { type CampaignIdentity, fingerprint, identifyCampaign } from "../harness/campaign-identity.ts";
import { identifyCode } from "../harness/code-identity.ts";
import type { CampaignObservation } from "../harness/describe-campaign.ts";
import { type Plan, planRuns, type Restriction } from "../harness/plan.ts";
import { ruleOf } from "../harness/run-campaign.ts";
import type { CampaignStart } from "../harness/unfinished-campaign.ts";
import { UsageError } from "../measure/study-error.ts";
import type { Statements } from "./database/connection.ts";

/** An experiment that this version of the code can measure. */
export interface Measurable {
  readonly name: string;
  readonly module: URL;
  readonly experiment: (workerCounts?: readonly number[]) => Experiment;
}

/** One experiment on one host, as the database knows it. */
export interface FleetCampaign {
  readonly host: string;
  /** Fingerprint of its identity. */
  readonly plan: string;
  /** Its first run's place in the queue of the host. */
  readonly place: number;
  /** Runs that the design comes to at most. */
  readonly planned: number;
  readonly identity: CampaignIdentity;
  readonly restriction: Restriction;
  readonly workers: readonly number[];
  readonly fixed: boolean;
  readonly begun: CampaignStart | null;
  readonly ended: CampaignObservation | null;
}

const columns = "host, plan, place, planned, identity, restriction, workers, fixed, begun, ended";

/** Reads campaigns in the order in which they were planned; of one host, or of all. */
export function readCampaigns(database: Statements, host?: string): Promise<FleetCampaign[]> {
  const condition = host === undefined ? "" : "WHERE host = $1";
  return database.query<FleetCampaign>(
    `SELECT ${columns} FROM fleet.campaign ${condition} ORDER BY host, place`,
    host === undefined ? [] : [host],
  );
}

/** A campaign with the design that this code expands it to. */
export interface ExpandedCampaign {
  readonly campaign: FleetCampaign;
  readonly experiment: Experiment;
  readonly module: URL;
  readonly plan: Plan;
}

/** Tells the identity of the code that an experiment's module leads to. */
export type CodeOf = (module: URL) => string;

/** Identifies code, each module's once: for who looks at many campaigns of the same code. */
export function identifyOnce(): CodeOf {
  const known = new Map<string, string>();
  return (module) => {
    const sha256 = known.get(module.href) ?? identifyCode(module).sha256;
    known.set(module.href, sha256);
    return sha256;
  };
}

/**
 * Finds, in the code at hand, what a campaign measures.
 *
 * @throws {UsageError} when this code does not know it.
 */
export function measurableOf(
  { identity: { experiment } }: FleetCampaign,
  measurables: readonly Measurable[],
): Measurable {
  const measurable = measurables.find(({ name }) => name === experiment);
  if (measurable) return measurable;
  throw new UsageError(
    `experiment is unknown: ${experiment}; it was planned with another version of the code; check out the same one`,
  );
}

/**
 * Expands a campaign by the code at hand.
 *
 * @throws {UsageError} when this code is another than the one it was planned with.
 */
export function expandCampaign(
  campaign: FleetCampaign,
  measurables: readonly Measurable[],
  codeOf: CodeOf = identifyOnce(),
): ExpandedCampaign {
  const { identity, restriction, workers, fixed } = campaign;
  const measurable = measurableOf(campaign, measurables);
  const experiment = measurable.experiment(workers);
  const { profile, seed } = identity;
  const plan = planRuns(experiment, profile, seed, restriction);
  const own = identifyCampaign(experiment, profile, seed, plan, codeOf(measurable.module), ruleOf({ fixed }));
  // The runtime is the host's, and told by its worker.
  const expanded = { ...own, runtime: identity.runtime };
  if (fingerprint(expanded) !== campaign.plan) throw differentCode(identity, expanded);
  return { campaign, experiment, module: measurable.module, plan };
}

function differentCode(identity: CampaignIdentity, own: CampaignIdentity): UsageError {
  const names = Object.keys(identity) as (keyof CampaignIdentity)[];
  const different = names.filter((name) => identity[name] !== own[name]);
  return new UsageError(
    `code is another than the one ${identity.experiment} was planned with: ${different.join(", ")} (planned ${identity.code.slice(0, 12)}, here ${own.code.slice(0, 12)}); check out the same commit and install its lockfile`,
  );
}

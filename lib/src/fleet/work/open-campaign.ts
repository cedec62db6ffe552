import { rmSync } from "node:fs";
import { fingerprint } from "../../harness/campaign-identity.ts";
import { readPart } from "../../harness/part.ts";
import { Replication } from "../../harness/replication.ts";
import type { CampaignStart } from "../../harness/unfinished-campaign.ts";
import { readHostState } from "../../measure/host-state.ts";
import { UsageError } from "../../measure/study-error.ts";
import { tellDamage } from "../../tables/stored-table.ts";
import type { Database } from "../database/connection.ts";
import {
  type ExpandedCampaign,
  expandCampaign,
  type FleetCampaign,
  type Measurable,
} from "../fleet-campaign.ts";
import { acceptedAnswers, fetchPart } from "../part-files.ts";
import { openChosenStore } from "../parts/chosen-store.ts";

/** A campaign that this worker is at work on. */
export interface OpenCampaign extends ExpandedCampaign {
  readonly begun: CampaignStart;
  /** What the runs so far say of the runs still needed. */
  readonly replication: Replication;
}

/**
 * Opens a campaign, as its first worker or as one that goes on where another was: what counts so far is read back in the
 * order of the plan.
 *
 * @param folder for parts, while they are read
 * @throws {UsageError} when this worker has another code or runtime than the campaign was planned with, or is refused by the
 *   place of parts.
 */
export async function openFleetCampaign(
  database: Database,
  campaign: FleetCampaign,
  measurables: readonly Measurable[],
  folder: string,
): Promise<OpenCampaign> {
  const expanded = expandCampaign(campaign, measurables);
  const { runtime, experiment: name } = campaign.identity;
  if (runtime !== process.version) {
    throw new UsageError(
      `runtime is another than the one ${name} was planned with: planned for Node ${runtime}, here ${process.version}; start the worker with that one, or plan again`,
    );
  }
  // Who cannot hand in what it measures need not begin.
  await openChosenStore(database);
  const replication = new Replication(expanded.experiment, expanded.plan);
  const answers = await acceptedAnswers(database, campaign.host, campaign.plan);
  for (const job of expanded.plan.jobs) {
    const sha256 = answers.get(job.run)?.part;
    if (!sha256) continue;
    const path = await fetchPart(database, folder, { host: campaign.host, run: job.run, sha256 });
    const part = tellDamage(path, () => readPart(path, campaign.plan, expanded.experiment));
    replication.add(job, part);
    rmSync(path);
  }
  return { ...expanded, replication, begun: await begin(database, expanded) };
}

/** The first worker's start stays the campaign's. */
async function begin(database: Database, { campaign }: ExpandedCampaign): Promise<CampaignStart> {
  const { host, plan, identity } = campaign;
  const start: CampaignStart = { identity, beganMs: Date.now(), before: readHostState() };
  const [row] = await database.query<{ begun: CampaignStart }>(
    "UPDATE fleet.campaign SET begun = coalesce(begun, $3) WHERE host = $1 AND plan = $2 RETURNING begun",
    [host, plan, JSON.stringify(start)],
  );
  if (!row || fingerprint(row.begun.identity) !== plan)
    throw new UsageError(`campaign of ${identity.experiment} is gone; plan it again with \`fleet plan\``);
  return row.begun;
}

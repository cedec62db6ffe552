import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { assembleTables } from "../harness/assemble-tables.ts";
import { lockCampaign } from "../harness/campaign-lock.ts";
import { type CampaignObservation, describeCampaign } from "../harness/describe-campaign.ts";
import { readPart } from "../harness/part.ts";
import { Replication } from "../harness/replication.ts";
import type { CampaignStart } from "../harness/unfinished-campaign.ts";
import { makeFolder } from "../measure/make-folder.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { type Manifest, manifestFile, readManifest, writeManifest } from "../tables/manifest.ts";
import { readExperiment } from "../tables/read-experiment.ts";
import { tellDamage } from "../tables/stored-table.ts";
import type { Statements } from "./database/connection.ts";
import {
  type ExpandedCampaign,
  expandCampaign,
  type FleetCampaign,
  identifyOnce,
  type Measurable,
  readCampaigns,
} from "./fleet-campaign.ts";
import { acceptedAnswers, fetchPart } from "./part-files.ts";

/** What was collected of one experiment on one host. */
export type Collected = {
  readonly host: string;
  readonly experiment: string;
  /** Of the experiment's tables; there or not. */
  readonly folder: string;
} & (
  | { readonly kind: "collected" | "there already"; readonly manifest: Manifest }
  | { readonly kind: "unfinished"; readonly answered: number; readonly planned: number }
);

/** A campaign whose every run is answered. */
interface FinishedCampaign extends FleetCampaign {
  readonly begun: CampaignStart;
  readonly ended: CampaignObservation;
}

/**
 * Assembles what a fleet measured into one data set a host, `<out>/<host>/<experiment>/`, with tables and manifest as a
 * campaign on that host alone would have written them, and checks them. What is there already is left alone.
 *
 * @throws {DataError} when parts are missing or altered, or their place is away.
 * @throws {UsageError} when a folder holds another campaign, or this code is another than what measured.
 */
export async function* collect(
  database: Statements,
  measurables: readonly Measurable[],
  out: string,
  host?: string,
): AsyncGenerator<Collected> {
  const codeOf = identifyOnce();
  for (const campaign of await readCampaigns(database, host)) {
    const experiment = campaign.identity.experiment;
    const folder = join(out, campaign.host, experiment);
    const place = { host: campaign.host, experiment, folder };
    if (!isFinished(campaign)) {
      const answers = await acceptedAnswers(database, campaign.host, campaign.plan);
      yield { ...place, kind: "unfinished", answered: answers.size, planned: campaign.planned };
      continue;
    }
    const there = existsSync(join(folder, manifestFile)) ? readManifest(folder) : null;
    if (there !== null && there.plan !== campaign.plan) {
      throw new UsageError(
        `folder holds another campaign: ${folder}; choose another with --out, or remove it`,
      );
    }
    const expanded = expandCampaign(campaign, measurables, codeOf);
    if (there === null) await assemble(database, expanded, campaign, folder);
    const { manifest } = readExperiment(folder, expanded.experiment);
    yield { ...place, kind: there === null ? "collected" : "there already", manifest };
  }
}

function isFinished(campaign: FleetCampaign): campaign is FinishedCampaign {
  return campaign.begun !== null && campaign.ended !== null;
}

async function assemble(
  database: Statements,
  { experiment, plan }: ExpandedCampaign,
  { host, plan: id, restriction, fixed, begun, ended }: FinishedCampaign,
  folder: string,
): Promise<void> {
  const unfinished = join(folder, "unfinished");
  makeFolder(unfinished);
  const unlock = lockCampaign(join(unfinished, "lock"));
  try {
    const answers = await acceptedAnswers(database, host, id);
    const replication = new Replication(experiment, plan);
    const parts = [];
    for (const job of plan.jobs) {
      const answer = answers.get(job.run);
      if (!answer) throw new DataError(`run ${job.run} of ${experiment.name} on ${host} was never answered`);
      const needed = fixed || replication.needs(job);
      if (needed !== (answer.part !== null)) {
        throw new DataError(
          `run ${job.run} of ${experiment.name} on ${host} ${needed ? "was left out, though the runs before it ask for it" : "was measured, though the runs before it sufficed"}`,
        );
      }
      if (answer.part === null) continue;
      const path = await fetchPart(database, unfinished, { host, run: job.run, sha256: answer.part });
      const part = tellDamage(path, () => readPart(path, id, experiment));
      parts.push(part);
      replication.add(job, part);
    }
    const rows = parts.map(({ row }) => row);
    const tables = assembleTables(folder, experiment, parts);
    const described = fixed ? {} : { replication: replication.describe() };
    writeManifest(
      folder,
      describeCampaign(experiment, plan, restriction, begun, ended, rows, tables, described),
    );
  } finally {
    unlock();
    rmSync(unfinished, { recursive: true, force: true });
  }
}

import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { assembleTables } from "../harness/assemble-tables.ts";
import { type Locker, lockFolder } from "../harness/campaign-lock.ts";
import { type CampaignObservation, describeCampaign } from "../harness/describe-campaign.ts";
import { readPart } from "../harness/part.ts";
import { Replication } from "../harness/replication.ts";
import { type CampaignStart, isUnfinished } from "../harness/unfinished-campaign.ts";
import { makeFolder } from "../measure/make-folder.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import {
  type Manifest,
  manifestFile,
  readManifest,
  unfinishedFolder,
  writeManifest,
} from "../tables/manifest.ts";
import { readExperiment } from "../tables/read-experiment.ts";
import { tellDamage } from "../tables/stored-table.ts";
import { asideSuffix } from "../tables/write-atomically.ts";
import type { Statements } from "./database/connection.ts";
import { isOutage } from "./database/outage.ts";
import {
  type CodeOf,
  type ExpandedCampaign,
  expandCampaign,
  type FleetCampaign,
  identifyOnce,
  type Measurable,
  measurableOf,
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
  | Outcome
  | { readonly kind: "unfinished"; readonly answered: number; readonly planned: number }
  | { readonly kind: "passed over" }
);

/** What became of a campaign that is finished; one that was replaced took the place of an earlier one. */
type Outcome =
  | { readonly kind: "collected" | "replaced" | "there already"; readonly manifest: Manifest }
  | { readonly kind: "not collected"; readonly problem: DataError | UsageError };

/** A campaign whose every run is answered. */
interface FinishedCampaign extends FleetCampaign {
  readonly begun: CampaignStart;
  readonly ended: CampaignObservation;
}

/**
 * Assembles what a fleet measured into one data set a host, `<out>/<host>/<experiment>/`, with tables and manifest as a
 * campaign on that host alone would have written them, and checks them. Of several campaigns of an experiment on a host, the
 * one planned last of those that are finished is collected, in the place of an earlier one, which the database keeps. What is
 * there already is left alone. What is wrong with one campaign keeps no other from being collected.
 *
 * @throws {StoreAway} when the place of parts is away.
 */
export async function* collect(
  database: Statements,
  measurables: readonly Measurable[],
  out: string,
  host?: string,
): AsyncGenerator<Collected> {
  const code: Code = { measurables, codeOf: identifyOnce() };
  const campaigns = await readCampaigns(database, host);
  for (const campaign of campaigns) {
    const { experiment } = campaign.identity;
    const folder = join(out, campaign.host, experiment);
    const place = { host: campaign.host, experiment, folder };
    if (!isFinished(campaign)) {
      const answers = await acceptedAnswers(database, campaign.host, campaign.plan);
      yield { ...place, kind: "unfinished", answered: answers.size, planned: campaign.planned };
      continue;
    }
    const rivals = campaigns.filter(
      (one) => one.host === campaign.host && one.identity.experiment === experiment,
    );
    if (rivals.findLast(isFinished) !== campaign) {
      yield { ...place, kind: "passed over" };
      continue;
    }
    const outcome = await collectCampaign(database, campaign, rivals, code, folder).catch(asProblem);
    yield { ...place, ...outcome };
  }
}

/** What this version of the code can measure. */
interface Code {
  readonly measurables: readonly Measurable[];
  readonly codeOf: CodeOf;
}

/** @param rivals all campaigns of the same experiment on the same host */
async function collectCampaign(
  database: Statements,
  campaign: FinishedCampaign,
  rivals: readonly FleetCampaign[],
  { measurables, codeOf }: Code,
  folder: string,
): Promise<Outcome> {
  const there = existsSync(join(folder, manifestFile)) ? readManifest(folder) : null;
  if (there?.plan === campaign.plan) {
    // What was assembled once can be read whatever became of the code since.
    const declared = measurableOf(campaign, measurables).experiment(campaign.workers);
    return { kind: "there already", manifest: readExperiment(folder, declared).manifest };
  }
  if (there !== null && !rivals.some(({ plan }) => plan === there.plan)) {
    throw new UsageError(
      `folder holds a campaign that this fleet did not plan: ${folder}; choose another with --out, or remove it`,
    );
  }
  if (isUnfinished(folder)) {
    throw new UsageError(
      `folder holds a campaign that is unfinished: ${folder}; choose another with --out, or finish it by running its command again`,
    );
  }
  const expanded = expandCampaign(campaign, measurables, codeOf);
  await assemble(database, expanded, campaign, folder);
  const { manifest } = readExperiment(folder, expanded.experiment);
  return { kind: there === null ? "collected" : "replaced", manifest };
}

/** What is wrong with one campaign; a place of parts that is away concerns all. */
function asProblem(error: unknown): Outcome {
  const isOfCampaign = error instanceof DataError || error instanceof UsageError;
  if (!isOfCampaign || isOutage(error)) throw error;
  return { kind: "not collected", problem: error };
}

function isFinished(campaign: FleetCampaign): campaign is FinishedCampaign {
  return campaign.begun !== null && campaign.ended !== null;
}

const locker: Locker = { noun: "campaign", whileBusy: "wait until it ends", option: "--out" };

async function assemble(
  database: Statements,
  { experiment, plan }: ExpandedCampaign,
  { host, plan: id, restriction, fixed, begun, ended }: FinishedCampaign,
  folder: string,
): Promise<void> {
  const unfinished = join(folder, unfinishedFolder);
  makeFolder(unfinished);
  const unlock = lockFolder(join(unfinished, "lock"), locker);
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
    // Never does a manifest lie beside tables of another campaign.
    rmSync(join(folder, manifestFile), { force: true });
    const tables = assembleTables(folder, experiment, parts);
    const described = fixed ? {} : { replication: replication.describe() };
    writeManifest(
      folder,
      describeCampaign(experiment, plan, restriction, begun, ended, rows, tables, described),
    );
  } finally {
    discard(unfinished, unlock);
  }
}

/** Removes a locked folder. It has left its place before the lock is given back: whoever begins then has a folder of its own. */
function discard(folder: string, unlock: () => void): void {
  const aside = `${folder}${asideSuffix}`;
  try {
    rmSync(aside, { recursive: true, force: true });
    renameSync(folder, aside);
  } finally {
    unlock();
  }
  rmSync(aside, { recursive: true, force: true });
}

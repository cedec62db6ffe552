import { existsSync, lstatSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { type HostState, readHostState } from "../measure/host-state.ts";
import { parseJson } from "../measure/parse-json.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { manifestFile, readManifest, unfinishedFolder } from "../tables/manifest.ts";
import { campaignProfile, hostState, sha256 } from "../tables/manifest-schema.ts";
import { runsFile, samplesFile } from "../tables/read-experiment.ts";
import { readText } from "../tables/regular-file.ts";
import { brokenSeals, sealsOf } from "../tables/seals.ts";
import { asideSuffix, writeAtomically } from "../tables/write-atomically.ts";
import { type CampaignIdentity, fingerprint } from "./campaign-identity.ts";
import { lockCampaign } from "./campaign-lock.ts";

/** What is kept of a campaign's beginning until it ends. */
export interface CampaignStart {
  readonly identity: CampaignIdentity;
  /** Label of the host that all runs must be from; absent where it does not matter, as with what is simulated. */
  readonly host?: string;
  /** Milliseconds since 1970. */
  readonly beganMs: number;
  readonly before: HostState;
}

/**
 * The folder of a campaign under way, locked:
 *
 *     <experiment>/unfinished/campaign.json            what it is, sealed; removed first when the tables are written
 *     <experiment>/unfinished/run-000000.arrow         one part a finished run
 *     <experiment>/unfinished/run-000000.arrow.sha256  its hash, without which it does not count
 *     <experiment>/unfinished/lock
 */
export interface UnfinishedCampaign {
  readonly folder: string;
  readonly start: CampaignStart;
  /** Whether the tables already hold this very campaign. */
  readonly complete: boolean;
  unlock(): void;
  /** Removes what the finished tables make superfluous. */
  remove(): void;
}

const startFile = "campaign.json";
/** What a finished campaign consists of, the manifest first. */
export const outputs: readonly string[] = [manifestFile, runsFile, samplesFile];

/** Tells whether a campaign in this experiment's folder has begun and not ended. */
export function isUnfinished(experimentFolder: string): boolean {
  return existsSync(join(experimentFolder, unfinishedFolder, startFile));
}

/**
 * Locks an experiment's folder and begins a campaign in it, or goes on with the same one.
 *
 * @param host label of this host, which an unfinished campaign must have begun on; undefined where it does not matter.
 * @param restart discards what another campaign left, finished or not.
 * @throws {UsageError} when the folder is in use, not writable, or holds another campaign, or another host's.
 * @throws {DataError} when what tells of the campaign is damaged, or lies where a folder must.
 */
export function openCampaign(
  experimentFolder: string,
  identity: CampaignIdentity,
  host: string | undefined,
  restart: boolean,
): UnfinishedCampaign {
  const folder = join(experimentFolder, unfinishedFolder);
  for (const path of [experimentFolder, folder]) clearWay(path, restart);
  checkWritable(folder);
  const unlock = lockCampaign(join(folder, "lock"), restart);
  const remove = () => {
    rmSync(join(folder, startFile), { force: true });
    unlock();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (restart) {
      removeFiles(folder, (name) => name !== "lock");
      // What is no file cannot be replaced by one.
      removeFiles(
        experimentFolder,
        (name) => outputs.includes(name) && !isFile(join(experimentFolder, name)),
      );
    }
    removeFiles(folder, (name) => name.endsWith(asideSuffix));
    removeFiles(experimentFolder, (name) => name.endsWith(asideSuffix));
    const begun = isUnfinished(experimentFolder);
    if (!begun && !restart && existsSync(join(experimentFolder, manifestFile))) {
      const finished = readManifest(experimentFolder);
      if (finished.plan !== fingerprint(identity))
        throw differentCampaign(experimentFolder, "a finished", ["plan or code"]);
      checkHost(experimentFolder, "a finished", finished.host.label, host);
      return { folder, start: begin(identity, host), complete: true, unlock, remove };
    }
    const start = begun ? resume(experimentFolder, folder, identity, host) : begin(identity, host);
    if (!begun) {
      removeFiles(folder, (name) => name !== "lock");
      writeAtomically(join(folder, startFile), JSON.stringify({ ...start, seals: sealsOf(start) }));
    }
    return { folder, start, complete: false, unlock, remove };
  } catch (error) {
    if (isUnfinished(experimentFolder)) unlock();
    else remove();
    throw error;
  }
}

/** How far a host's clock may have been set back since a campaign began. */
const clockSetBackMs = 86_400_000;

const startSchema: v.GenericSchema<unknown, CampaignStart & { readonly seals: Record<string, string> }> =
  v.strictObject({
    identity: v.strictObject({
      experiment: v.string(),
      profile: campaignProfile,
      seed: v.number(),
      design: sha256,
      tables: sha256,
      code: sha256,
      runtime: v.string(),
    }),
    host: v.exactOptional(v.string()),
    beganMs: v.lazy(() => v.pipe(v.number(), v.minValue(0), v.maxValue(Date.now() + clockSetBackMs))),
    before: hostState,
    seals: v.record(v.string(), sha256),
  });

function begin(identity: CampaignIdentity, host: string | undefined): CampaignStart {
  return { identity, ...(host !== undefined && { host }), beganMs: Date.now(), before: readHostState() };
}

function resume(
  experimentFolder: string,
  folder: string,
  identity: CampaignIdentity,
  host: string | undefined,
): CampaignStart {
  const path = join(folder, startFile);
  const remedy = "discard the campaign with --restart, or choose another folder with --out";
  const { seals, ...start } = parseJson(readText(path, "campaign", remedy), startSchema, {
    noun: "campaign",
    path,
    remedy,
  });
  const broken = brokenSeals(start, seals);
  if (broken.length > 0) {
    throw new DataError(
      `campaign is damaged: ${path} (${broken.join(", ")} not as it was sealed); ${remedy}`,
    );
  }
  const names = Object.keys(identity) as (keyof CampaignIdentity)[];
  const different = names.filter((name) => start.identity[name] !== identity[name]);
  if (different.length > 0) throw differentCampaign(experimentFolder, "an unfinished", different);
  checkHost(experimentFolder, "an unfinished", start.host, host);
  return start;
}

/** Runs of one table are of one host; what was begun before hosts were noted may go on. */
function checkHost(folder: string, state: string, measuredOn: string | undefined, host: string | undefined) {
  if (measuredOn === undefined || host === undefined || measuredOn === host) return;
  throw new UsageError(
    `folder holds ${state} campaign of another host, ${measuredOn}; this one is ${host}: ${folder}; choose another folder with --out, or discard it with --restart`,
  );
}

function differentCampaign(folder: string, state: string, different: readonly string[]): UsageError {
  return new UsageError(
    `folder holds ${state} campaign of another ${different.join(", ")}: ${folder}; discard it with --restart, or choose another folder with --out`,
  );
}

/** Removes what lies where a folder must be, when told to. */
function clearWay(path: string, restart: boolean): void {
  const isInTheWay =
    isFolder(dirname(path)) && lstatSync(path, { throwIfNoEntry: false }) !== undefined && !isFolder(path);
  if (!isInTheWay) return;
  if (!restart) {
    throw new DataError(`no folder: ${path}; discard it with --restart, or choose another folder with --out`);
  }
  rmSync(path);
}

/** Finds out before the first run, not after it. */
function checkWritable(folder: string): void {
  const probe = join(folder, `writable.${process.pid}${asideSuffix}`);
  writeAtomically(probe, "");
  rmSync(probe, { force: true });
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isFile(path: string): boolean {
  return lstatSync(path).isFile();
}

function removeFiles(folder: string, condemned: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(condemned)) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isUnfinished } from "../harness/unfinished-campaign.ts";
import { DataError, NoEvidenceError, UsageError } from "../measure/study-error.ts";
import { isMeasured } from "../studies/study.ts";
import { dataFolder, hostFolders } from "../tables/data-folder.ts";
import { manifestFile, readManifest } from "../tables/manifest.ts";
import { existingFolder } from "./chosen-folder.ts";
import type { CliContext } from "./command.ts";
import { printable } from "./printable.ts";

/**
 * Resolves the folder of a data set with at least one finished experiment that this version knows; without a text, the one
 * notebooks read. Warns of what is unfinished in it.
 *
 * @throws {UsageError} when there is no such folder, or it is one of one experiment or of hosts.
 * @throws {DataError} when it holds nothing finished, or nothing that this version knows.
 */
export function dataSetFolder(
  option: string,
  text: string | undefined,
  { studies }: Pick<CliContext, "studies">,
): string {
  const folder = existingFolder(option, text ?? dataFolder());
  if (existsSync(join(folder, manifestFile))) {
    throw new UsageError(
      `folder holds one experiment: ${folder}; pass the data set it belongs to: ${dirname(folder)}`,
    );
  }
  const names = readdirSync(folder);
  const finished = names.filter((name) => existsSync(join(folder, name, manifestFile)));
  const known = namesOf(studies);
  const misnamed = finished.filter((name) => readManifest(join(folder, name)).experiment !== name);
  if (finished.some((name) => known.includes(name) && !misnamed.includes(name))) {
    warnOfUnfinished(folder);
    return folder;
  }
  const [copy] = misnamed;
  if (copy !== undefined) throw new DataError(underAnotherName(join(folder, copy)));
  if (finished.length > 0) {
    throw new DataError(
      `folder holds no experiment of this version: ${folder} has ${finished.join(", ")}; this version has ${known.join(", ")}`,
    );
  }
  if (names.some((name) => isUnfinished(join(folder, name)))) {
    throw new DataError(
      `folder holds no finished experiment: ${folder}; finish its campaign by running its command again`,
    );
  }
  const host = names.find((name) => isDataSet(join(folder, name), known));
  if (host !== undefined) {
    throw new UsageError(
      `folder holds data sets of hosts: ${folder}; pass one of them, such as ${join(folder, host)}, or all of them to \`claims\` or \`export\` with --hosts`,
    );
  }
  throw new DataError(`folder holds no data: ${folder}; measure with \`run --out\``);
}

/** Says that an experiment's folder, which decides what reads it, is named after another one. */
export function underAnotherName(folder: string): string {
  const { experiment } = readManifest(folder);
  return `folder holds ${experiment} under another name: ${folder}; rename it to ${experiment}`;
}

/**
 * Lists the folders below one, each the data set of a host, and warns of what is unfinished in them, and of those that hold
 * nothing that this version knows.
 *
 * @throws {UsageError} when the folder is missing, or holds no data set of a host.
 */
export function dataSetsOfHosts(text: string, { studies }: Pick<CliContext, "studies">): readonly string[] {
  const parent = existingFolder("--hosts", text);
  const folders = hostFolders(parent);
  const known = namesOf(studies);
  const strays = folders.filter((folder) => !isDataSet(folder, known));
  if (strays.length === folders.length) {
    throw new UsageError(
      isDataSet(parent, known)
        ? `folder is the data set of one host: ${parent}; pass it without --hosts, or the folder that holds it`
        : `folder holds no data set of a host: ${parent}; pass what \`fleet collect --out\` wrote`,
    );
  }
  for (const folder of strays)
    warn(`folder is no data set of a host: ${folder}, nothing of it is counted; move it away`);
  for (const folder of folders) warnOfUnfinished(folder);
  return folders;
}

/** Tells whether a folder holds one of these experiments, finished or not. */
function isDataSet(folder: string, experiments: readonly string[]): boolean {
  return experiments
    .map((name) => join(folder, name))
    .some((own) => existsSync(join(own, manifestFile)) || isUnfinished(own));
}

function namesOf(studies: CliContext["studies"]): string[] {
  return studies.filter(isMeasured).map(({ name }) => name);
}

/** What is judged of a campaign under way is an earlier one, or nothing: that must not pass in silence. */
function warnOfUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    const own = join(folder, name);
    if (!isUnfinished(own)) continue;
    const read = existsSync(join(own, manifestFile)) ? "an earlier one is read" : "nothing of it is read";
    warn(`campaign is unfinished: ${own}, ${read}; finish it by running its command again`);
  }
}

function warn(text: string): void {
  process.stderr.write(`warning: ${printable(text)}\n`);
}

/**
 * Refuses a judgement of data sets none of whose runs is valid, once it was shown: it rests on nothing.
 *
 * @throws {NoEvidenceError} naming the data sets.
 */
export function requireEvidence(folders: readonly string[], { studies }: Pick<CliContext, "studies">): void {
  const measured = studies.filter(isMeasured);
  const hasEvidence = (folder: string) =>
    measured.some(({ name }) => {
      const own = join(folder, name);
      return existsSync(join(own, manifestFile)) && readManifest(own).runs.valid > 0;
    });
  if (folders.some(hasEvidence)) return;
  throw new NoEvidenceError(`no run is valid: ${folders.join(", ")}; measure again on a quieter host`);
}

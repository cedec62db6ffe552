import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { isInstalled, projectRoot } from "../measure/project-root.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import type { ExperimentDeclaration } from "./experiment-declaration.ts";
import { manifestFile } from "./manifest.ts";
import { readText } from "./regular-file.ts";

/**
 * Names the folder that notebooks read: `SCHEDULING_SAFETY_DATA`, or else the reference data; in a project that only
 * installed this package and has none, what was measured last.
 *
 * @throws {UsageError} when the chosen folder is missing.
 * @throws {DataError} when there is no reference, or none of several is the main one.
 */
export function dataFolder({ SCHEDULING_SAFETY_DATA: chosen } = process.env): string {
  if (chosen) {
    const folder = resolve(projectRoot, chosen);
    if (existsSync(folder)) return folder;
    throw new UsageError(
      `data folder is missing: ${folder}; correct SCHEDULING_SAFETY_DATA or run \`make data\``,
    );
  }
  const own = isInstalled && foldersIn(references).length === 0 ? measuredLast(localData) : null;
  return own ?? referenceFolder();
}

/**
 * Names the folder of the reference data that stand for the study.
 *
 * @throws {DataError} when there is no reference, or none of several is the main one.
 */
export function referenceFolder(): string {
  const hosts = foldersIn(references);
  const main = mainHost(references, hosts);
  if (main !== null) return main;
  const found = hosts.length === 0 ? "none" : hosts.map((host) => basename(host)).join(", ");
  throw new DataError(
    `reference data must be one folder under ${references}, or ${mainHostFile} there must name one; found ${found}; name a data set's folder, to notebooks by SCHEDULING_SAFETY_DATA`,
  );
}

/**
 * Names the reference, and what to set beside it: the data set that notebooks read or, where that is the reference itself,
 * another reference host's, if there is one.
 */
export function foldersBeside(env = process.env): [reference: string, other: string] {
  const [reference, own] = [dataFolder({}), dataFolder(env)];
  return [reference, own === reference ? (otherReferences(reference)[0] ?? own) : own];
}

/**
 * Lists data sets, one a host: those below a folder, such as what a fleet has collected, or by default the reference hosts and
 * the one that notebooks read. Where one of them is the main one, it comes first.
 *
 * @throws {UsageError} when there is no such folder.
 */
export function hostFolders(folder?: string): string[] {
  if (folder !== undefined) {
    if (existsSync(folder)) return mainFirst(folder);
    throw new UsageError(`folder of hosts is missing: ${folder}; collect a fleet's data sets into it`);
  }
  return [...new Set([...mainFirst(references), dataFolder()])];
}

function mainFirst(folder: string): string[] {
  const hosts = foldersIn(folder);
  const main = mainHost(folder, hosts);
  return main === null ? hosts : [main, ...hosts.filter((host) => host !== main)];
}

const references = join(projectRoot, "data", "reference");
/** Where commands put data sets that belong to no reference: `run` each profile's. */
export const localData: string = join(projectRoot, "data", "local");

/** Where notebooks put what they measure for a first look, among the data sets: it is none that stands for a host. */
export const firstLookFolder = "first-look";

/** Finds, among the data sets in a folder, the one whose last experiment was finished last; null where nothing is finished. */
export function measuredLast(folder: string): string | null {
  const dataSets = foldersIn(folder).filter((dataSet) => basename(dataSet) !== firstLookFolder);
  const finished = dataSets.flatMap((dataSet) =>
    foldersIn(dataSet).flatMap((experiment) => {
      const manifest = statSync(join(experiment, manifestFile), { throwIfNoEntry: false });
      return manifest === undefined ? [] : [{ dataSet, at: manifest.mtimeMs }];
    }),
  );
  return finished.sort((a, b) => b.at - a.at)[0]?.dataSet ?? null;
}

/** Names the reference host that stands for the study where there are several. */
const mainHostFile = "main-host";

/** Finds the folder of an experiment in a data set; a simulated one may lie with another reference host. */
export function experimentFolder(
  { name, simulated }: Pick<ExperimentDeclaration, "name" | "simulated">,
  folder: string,
): string {
  return simulated === true ? anyReferenceFolder(name, folder) : join(folder, name);
}

/** Finds a folder of that name in a data set, or else, where the data set is a reference host's, with another one of these. */
export function anyReferenceFolder(name: string, folder: string): string {
  const own = join(folder, name);
  if (existsSync(own)) return own;
  const others = otherReferences(folder).map((host) => join(host, name));
  return others.find((other) => existsSync(other)) ?? own;
}

/** Lists the data sets of the other reference hosts, where a data set is that of one; else none. */
export function otherReferences(folder: string): string[] {
  const own = resolve(folder);
  if (dirname(own) !== references) return [];
  return foldersIn(references).filter((host) => host !== own);
}

function mainHost(folder: string, hosts: readonly string[]): string | null {
  const named = join(folder, mainHostFile);
  if (!existsSync(named)) return hosts.length === 1 ? (hosts[0] ?? null) : null;
  const name = readText(named, "name of the main host", `write the name of a folder in ${folder} into it`);
  const main = join(folder, name.trim());
  return hosts.includes(main) ? main : null;
}

/**
 * Lists the folders in a folder, also those that links lead to: experiments of a data set, or hosts; none where it is missing.
 * A link that leads nowhere is an error of the system: what it stands for must not be left out in silence.
 */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && leadsToFolder(entry))
    .map(({ name }) => join(folder, name))
    .sort();
}

function leadsToFolder(entry: Dirent): boolean {
  return entry.isSymbolicLink()
    ? statSync(join(entry.parentPath, entry.name)).isDirectory()
    : entry.isDirectory();
}

import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { isUnfinished } from "../harness/unfinished-campaign.ts";
import { projectRoot } from "../measure/project-root.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { dataFolder } from "../tables/data-folder.ts";
import { manifestFile, readManifest } from "../tables/manifest.ts";

/**
 * Resolves a folder that an option or argument names.
 *
 * @throws {UsageError} when the text is empty, as from a variable that is not set.
 */
export function namedFolder(option: string, text: string): string {
  if (text.trim() !== "") return resolve(text);
  throw new UsageError(`${option} must name a folder; got an empty text`);
}

/**
 * Resolves a folder that must be there and be readable.
 *
 * @throws {UsageError} when it is missing, no folder, or closed to this user.
 */
export function existingFolder(option: string, text: string): string {
  const folder = namedFolder(option, text);
  const kind = statSync(folder, { throwIfNoEntry: false });
  if (kind === undefined) throw new UsageError(`folder is missing: ${folder}; pass a folder of a data set`);
  if (!kind.isDirectory()) throw new UsageError(`no folder: ${folder}; pass a folder of a data set`);
  try {
    readdirSync(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`folder cannot be read (${code}): ${folder}; correct its permissions`, { cause });
  }
  return folder;
}

/**
 * Resolves the folder of a data set with at least one finished experiment; without a text, the one notebooks read.
 *
 * @throws {UsageError} when there is no such folder.
 * @throws {DataError} when it holds nothing finished.
 */
export function dataSetFolder(option: string, text?: string): string {
  const folder = existingFolder(option, text ?? dataFolder());
  if (existsSync(join(folder, manifestFile))) {
    throw new UsageError(
      `folder holds one experiment: ${folder}; pass the data set it belongs to: ${dirname(folder)}`,
    );
  }
  const names = readdirSync(folder);
  const finished = names.filter((name) => existsSync(join(folder, name, manifestFile)));
  if (finished.some((name) => readManifest(join(folder, name)).experiment === name)) return folder;
  const [misnamed] = finished;
  if (misnamed !== undefined) {
    const { experiment } = readManifest(join(folder, misnamed));
    throw new DataError(
      `folder holds ${experiment} under another name: ${join(folder, misnamed)}; rename it to ${experiment}`,
    );
  }
  if (names.some((name) => isUnfinished(join(folder, name)))) {
    throw new DataError(
      `folder holds no finished experiment: ${folder}; finish its campaign by running its command again`,
    );
  }
  throw new DataError(`folder holds no data: ${folder}; measure with \`run --out\``);
}

/**
 * Refuses a folder among the committed reference data, also through links.
 *
 * @throws {UsageError} when the folder lies there.
 */
export function refuseReference(
  folder: string,
  reference: string = join(projectRoot, "data", "reference"),
): void {
  const path = relative(realPath(reference), realPath(folder));
  if (path.split(/[/\\]/)[0] === ".." || resolve(path) === path) return;
  throw new UsageError(
    `folder belongs to the reference data: ${folder}; choose another with --out, or say --replace-reference`,
  );
}

/** Where a path leads, also one of which only the beginning exists. */
function realPath(path: string): string {
  if (existsSync(path) || path === dirname(path)) return realpathSync(path);
  return join(realPath(dirname(path)), basename(path));
}

import { existsSync, lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";
import { namedFolder } from "./chosen-folder.ts";

/**
 * Resolves the folder that `--out` names.
 *
 * @param experiments whose folders within it the command writes: links among them may lead elsewhere
 * @param replacesReference whether it may lie among the reference data, where the command has an option that says so
 * @throws {UsageError} when the text is empty or too long, or a folder belongs to the reference data.
 */
export function outputFolder(
  text: string,
  experiments: readonly string[] = [],
  replacesReference?: boolean,
): string {
  const folder = namedFolder("--out", text);
  entryAt(folder);
  if (replacesReference) return folder;
  const orSay = replacesReference === undefined ? "" : ", or say --replace-reference";
  const written = [folder, ...experiments.flatMap((name) => withEntries(join(folder, name)))];
  for (const path of written) refuseReference("folder", path, orSay);
  return folder;
}

/**
 * Resolves the file that `--out` names, which a whole one will replace.
 *
 * @throws {UsageError} when the text is empty or too long, what lies there is no file, or it belongs to the reference data.
 */
export function outputFile(text: string): string {
  if (text.trim() === "") throw new UsageError("--out must name a file; got an empty text");
  const file = resolve(text);
  const there = entryAt(file);
  if (there !== undefined && !there.isFile())
    throw new UsageError(`no file: ${file} is ${kindOf(there)}; choose another with --out`);
  refuseReference("file", file);
  return file;
}

/** A folder, if it is one, with what lies in it. */
function withEntries(folder: string): string[] {
  const isFolder = existsSync(folder) && statSync(folder).isDirectory();
  return [folder, ...(isFolder ? readdirSync(folder).map((name) => join(folder, name)) : [])];
}

/** Refuses a path among the committed reference data, also through links. */
function refuseReference(noun: string, path: string, orSay = ""): void {
  const within = relative(realPath(join(projectRoot, "data", "reference")), realPath(path));
  if (within.split(/[/\\]/)[0] === ".." || resolve(within) === within) return;
  throw new UsageError(`${noun} belongs to the reference data: ${path}; choose another with --out${orSay}`);
}

/** Where a path leads, also one of which only the beginning exists. */
function realPath(path: string): string {
  if (existsSync(path) || path === dirname(path)) return realpathSync(path);
  return join(realPath(dirname(path)), basename(path));
}

/** What lies at a path itself; nothing also where something on the way is missing or closed, which writing will tell. */
function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENAMETOOLONG")
      throw new UsageError(`path is too long: ${path}; choose a shorter one with --out`, { cause });
    return undefined;
  }
}

function kindOf(there: Stats): string {
  if (there.isDirectory()) return "a folder";
  if (there.isSymbolicLink()) return "a link";
  if (there.isFIFO()) return "a FIFO";
  return there.isSocket() ? "a socket" : "a device";
}

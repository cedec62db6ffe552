import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { DataError } from "../measure/study-error.ts";

/** Lists the SHA-256 of every file under the entries of a folder, in the form that `sha256sum --check` reads. */
export async function checksums(folder: string, entries: readonly string[]): Promise<string> {
  const files = (await Promise.all(entries.map((entry) => filesUnder(join(folder, entry))))).flat();
  const names = files.map((file) => relative(folder, file).split(sep).join("/")).sort();
  const lines = names.map(async (name) => {
    const hash = createHash("sha256").update(await readFile(join(folder, name)));
    return `${hash.digest("hex")}  ${name}\n`;
  });
  return (await Promise.all(lines)).join("");
}

/**
 * Compares files with a list of checksums.
 *
 * @throws DataError naming every file that differs, is missing, or is not listed
 */
export function compareChecksums(actual: string, expected: string, list: string): void {
  const [found, wanted] = [parse(actual), parse(expected)];
  const problems = [
    ...[...wanted].filter(([name]) => !found.has(name)).map(([name]) => `${name} is missing`),
    ...[...found].filter(([name]) => !wanted.has(name)).map(([name]) => `${name} is not listed`),
    ...[...found]
      .filter(([name, hash]) => wanted.has(name) && wanted.get(name) !== hash)
      .map(([name]) => `${name} differs`),
  ];
  if (problems.length > 0) {
    throw new DataError(
      `${list}: content must be what the reference data give, byte for byte; ${problems.join("; ")}`,
    );
  }
}

async function filesUnder(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return [path];
    throw error;
  }
}

function parse(list: string): ReadonlyMap<string, string> {
  const lines = list.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

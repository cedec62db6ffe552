import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { DataError } from "../measure/study-error.ts";
import type { ExperimentDeclaration } from "../tables/experiment-declaration.ts";
import { openRegularFile, readText } from "../tables/regular-file.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import { type Part, readPart } from "./part.ts";

const remedy = "run the same command again, which does that run again";

/**
 * Keeps the part of a run that has ended: writes its SHA-256 beside it. A campaign that is killed before leaves a part
 * without one, whose run is done again.
 *
 * @throws {DataError} when the part is gone, or the disk full.
 * @throws {UsageError} when the folder is not writable.
 */
export function keepPart(path: string): void {
  writeAtomically(hashPath(path), `${hashOf(path)}\n`);
}

/** Tells whether the part of a run was kept; whether it is still as it was, {@link readKept} finds out. */
export function wasKept(path: string): boolean {
  return existsSync(hashPath(path));
}

/**
 * Reads a part that was kept: a disk fault within its columns would pass for other samples.
 *
 * @throws {DataError} when it was never kept, is missing, altered or of another campaign.
 */
export function readKept(path: string, plan: string, experiment: ExperimentDeclaration): Part {
  const kept = readText(hashPath(path), "hash of a run's part", remedy).trimEnd();
  const found = hashOf(path);
  if (found === kept) return readPart(path, plan, experiment);
  throw new DataError(
    `part of a run was altered: ${path} has SHA-256 ${found.slice(0, 12)}…, kept was ${kept.slice(0, 12)}…; ${remedy}`,
  );
}

/** Removes a part with its hash, which goes first: none lies there without its part. */
export function discardPart(path: string): void {
  for (const one of [hashPath(path), path]) rmSync(one, { recursive: true, force: true });
}

function hashPath(path: string): string {
  return `${path}.sha256`;
}

function hashOf(path: string): string {
  const file = openRegularFile(path, "part of a run", remedy);
  try {
    return createHash("sha256").update(file.read(0, file.size)).digest("hex");
  } finally {
    file.close();
  }
}

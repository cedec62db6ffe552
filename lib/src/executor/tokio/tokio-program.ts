import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../measure/project-root.ts";
import { NotTestableError } from "../../measure/study-error.ts";

/** SHA-256 of the sources of the program, which thereby belong to the code that measures. */
export const tokioSourcesSha256 = "e3ce6a99fc6df3aa4f3be8c8f43476a61fffcb9567a704cf43a85f91ad1f998e";

/** Where cargo puts the program. */
export const tokioProgramPath: string = join(
  projectRoot,
  "lib/tokio/target/release",
  process.platform === "win32" ? "study-tokio.exe" : "study-tokio",
);

/**
 * Finds the program that was built from the sources beside this code.
 *
 * @throws {NotTestableError} when it was not built, or from other sources.
 */
export function findTokioProgram(path: string = tokioProgramPath): string {
  if (!existsSync(path)) {
    throw new NotTestableError("the Tokio program is not built; with cargo, run `make tokio`");
  }
  const sources = execFileSync(path, ["--sources"], { maxBuffer: 2 ** 24 });
  if (createHash("sha256").update(sources).digest("hex") !== tokioSourcesSha256) {
    throw new NotTestableError("the Tokio program was built from other sources; run `make tokio`");
  }
  return path;
}

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, resolve, sep } from "node:path";
import { projectRoot } from "../tables/data-folder.ts";

/** Which code measured. */
export interface CodeIdentity {
  readonly commit: string | null;
  readonly dirty: boolean | null;
  readonly sha256: string;
}

/** Folders whose code takes part in a run; figures, models and publishing may change while one is unfinished. */
const rooms = ["executor", "experiments", "harness", "measure", "stats", "tables", "workload"];

/** Identifies the code of this build or checkout, and the registry of experiments beside it. */
export function identifyCode(registry: URL): CodeIdentity {
  const source = resolve(import.meta.dirname, "..");
  const files = rooms.flatMap((room) => codeFiles(join(source, room))).sort();
  const hash = createHash("sha256");
  for (const file of files) {
    hash
      .update(relative(source, file).split(sep).join("/"))
      .update("\0")
      .update(readFileSync(file))
      .update("\0");
  }
  hash.update(readFileSync(registry));
  const status = git("status", "--porcelain", "--untracked-files=no");
  return {
    commit: git("rev-parse", "HEAD"),
    dirty: status === null ? null : status !== "",
    sha256: hash.digest("hex"),
  };
}

function codeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => [".js", ".ts"].includes(extname(file)) && !file.endsWith(".d.ts"))
    .map((file) => join(folder, file));
}

/** Null outside a git checkout, or without git. */
function git(...command: readonly string[]): string | null {
  try {
    return execFileSync("git", command, {
      cwd: projectRoot,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null;
  }
}

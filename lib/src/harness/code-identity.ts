import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../measure/entry-beside.ts";
import { projectRoot } from "../measure/project-root.ts";
import { readModuleGraph } from "./module-graph.ts";

/** Which code measured. */
export interface CodeIdentity {
  readonly commit: string | null;
  readonly dirty: boolean | null;
  /** Of what a run's process loads, and of the lockfile. */
  readonly sha256: string;
}

/**
 * Identifies the code that measures an experiment: every module of ours that a run's process, its threads and its helper
 * processes load, and the lockfile for all others. Each module counts by its syntax, and each of its imports by the syntax
 * of the module it leads to, so that neither comments nor places change the identity: figures, statistics and publishing
 * may change, and files may move, while a campaign is unfinished.
 *
 * @param experiment URL of the module that declares the experiment
 */
export function identifyCode(experiment: URL): CodeIdentity {
  const graph = readModuleGraph([experiment, runProcess].map((entry) => fileURLToPath(entry)));
  const syntax = new Map(graph.map(({ path, body }) => [path, sha256(body)]));
  const modules = graph.map(({ path, imports }) => {
    const leads = imports.map(({ names, to }) => `${names} from ${syntax.get(to) ?? to}`);
    return [syntax.get(path), ...leads.sort()].join("\n");
  });
  const lockfile = join(projectRoot, "package-lock.json");
  const packages = existsSync(lockfile) ? sha256(readFileSync(lockfile)) : "no lockfile";
  const status = git("status", "--porcelain", "--untracked-files=no");
  return {
    commit: git("rev-parse", "HEAD"),
    dirty: status === null ? null : status !== "",
    sha256: sha256([...modules.sort(), packages].join("\n\n")),
  };
}

const runProcess = entryBeside(import.meta.url, "run-process");

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
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

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../measure/entry-beside.ts";
import { identifyModules } from "../measure/module-graph.ts";
import { projectRoot } from "../measure/project-root.ts";
import { type Checkout, describeCheckout } from "./checkout.ts";

/** Which code measured. */
export interface CodeIdentity extends Checkout {
  /** Of what a run's process loads, and of the lockfile. */
  readonly sha256: string;
}

/**
 * Identifies the code that measures an experiment: every module of ours that a run's process, its threads and its helper
 * processes load, and the lockfile for all others. Figures, statistics and publishing may change, and files may move,
 * while a campaign is unfinished.
 *
 * @param experiment URL of the module that declares the experiment
 */
export function identifyCode(experiment: URL): CodeIdentity {
  const modules = identifyModules([experiment, runProcess].map((entry) => fileURLToPath(entry)));
  const lockfile = join(projectRoot, "package-lock.json");
  const packages = existsSync(lockfile) ? sha256(readFileSync(lockfile)) : "no lockfile";
  return { ...describeCheckout(projectRoot), sha256: sha256(`${modules}\n\n${packages}`) };
}

const runProcess = entryBeside(import.meta.url, "run-process");

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { runtimeFlags } from "../executor/runtime-flags.ts";
import { readPackageFile } from "../measure/package-file.ts";
import { projectRoot } from "../measure/project-root.ts";
import type { Manifest } from "../tables/manifest.ts";

/** Packages that take part in a measurement or in writing it down. */
const packages = ["piscina", "flatqueue", "fastify", "autocannon", "@uwdata/flechette"];

/** Describes the runtime and the packages that measure. */
export function describeSoftware(): Manifest["software"] {
  const lockfile = join(projectRoot, "package-lock.json");
  const lock = existsSync(lockfile) ? readFileSync(lockfile) : null;
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    libuv: process.versions.uv,
    flags: runtimeFlags,
    runtime: isLockedRuntime() ? "locked" : "system",
    packages: Object.fromEntries(packages.map((name) => [name, installedVersion(name)])),
    lockfileSha256: lock && createHash("sha256").update(lock).digest("hex"),
  };
}

/** Warns that the campaign was planned by another state of the code than the one in its manifest. */
export const codeChanged = "the code changed while the campaign was under way";

/** What a reader of the data should know about the software it came from. */
export function softwareWarnings({ runtime, node }: Manifest["software"]): string[] {
  return runtime === "locked"
    ? []
    : [`measured with the system's Node ${node}, not with the runtime that the lockfile names`];
}

function isLockedRuntime(): boolean {
  return realpathSync(process.execPath).startsWith(join(projectRoot, "node_modules") + sep);
}

function installedVersion(name: string): string {
  const path = join(projectRoot, "node_modules", name, "package.json");
  return existsSync(path) ? readPackageFile(path).version : "unknown";
}

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../measure/project-root.ts";

/** Which code measured. */
export interface CodeIdentity {
  readonly commit: string | null;
  readonly dirty: boolean | null;
  readonly sha256: string;
}

/** Folders whose files are started by name in threads of a run's process, so that no import leads to them. */
const startedByName = ["executor", "workload"];

/**
 * Identifies the code of this build or checkout. Only what a run's process loads counts: figures, statistics
 * and publishing may change while a campaign is unfinished. Helper processes in folders below these rooms, which serve a
 * run but stamp nothing, do not count.
 */
export function identifyCode(registry: URL): CodeIdentity {
  const source = resolve(import.meta.dirname, "..");
  const entries = [
    fileURLToPath(registry),
    join(source, "harness", `run-process${extname(import.meta.filename)}`),
    ...startedByName.flatMap((room) => codeFiles(join(source, room))),
  ];
  const hash = createHash("sha256");
  for (const file of [...withImports(entries)].sort()) {
    const name = relative(source, file).split(sep).join("/");
    hash.update(name).update("\0").update(readFileSync(file)).update("\0");
  }
  const status = git("status", "--porcelain", "--untracked-files=no");
  return {
    commit: git("rev-parse", "HEAD"),
    dirty: status === null ? null : status !== "",
    sha256: hash.digest("hex"),
  };
}

function codeFiles(folder: string): string[] {
  return readdirSync(folder, { encoding: "utf8" })
    .filter((file) => [".js", ".ts"].includes(extname(file)) && !file.endsWith(".d.ts"))
    .map((file) => join(folder, file));
}

/** Follows relative imports, which name their files in full in this project. */
function withImports(entries: readonly string[]): Set<string> {
  const files = new Set(entries);
  for (const file of files) {
    for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(/\bfrom "(\.[^"]+)"/g)) {
      files.add(resolve(dirname(file), specifier));
    }
  }
  return files;
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

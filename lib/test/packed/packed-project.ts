import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../../src/measure/project-root.ts";
import { outsideRepository } from "./outside-repository.ts";

/** What npm says it packs. */
export interface Packed {
  readonly tarball: string;
  readonly bytes: number;
  readonly files: readonly string[];
}

const library = join(projectRoot, "lib");

/** Packs the library as npm would publish it, with the build that lies there. */
export function pack(folder: string): Packed {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout, stderr, status } = spawnSync("npm", args, { cwd: library, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm pack must succeed; it said ${stderr}`);
  const listing = JSON.parse(stdout) as unknown;
  const [packed] = (Array.isArray(listing) ? listing : Object.values(listing as object)) as [NpmListing];
  return {
    tarball: join(folder, packed.filename),
    bytes: packed.size,
    files: packed.files.map(({ path }) => path),
  };
}

interface NpmListing {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** A project that installed the packed library, its own dependencies, and no package besides. */
export interface PackedProject {
  readonly folder: string;
  /** Runs the command line of the library in the project. */
  scheduling(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  remove(): void;
}

/**
 * Makes such a project without a network: the tarball is unpacked, and what it declares is linked from this repository.
 *
 * @param source files that the project starts with; none for an empty one
 * @param more packages that the project itself depends on
 */
export function installPacked(tarball: string, source?: string, more: readonly string[] = []): PackedProject {
  const folder = mkdtempSync(join(outsideRepository(), "packed-"));
  if (source) cpSync(source, folder, { recursive: true, filter: (path) => !/node_modules|data$/.test(path) });
  else writeFileSync(join(folder, "package.json"), '{ "name": "shop", "private": true }\n');
  writeFileSync(join(folder, "package-lock.json"), '{ "lockfileVersion": 3 }\n');
  const installed = join(folder, "node_modules", "scheduling-safety");
  mkdirSync(installed, { recursive: true });
  spawnSync("tar", ["xzf", tarball, "--strip-components=1", "-C", installed]);
  const manifest = readFileSync(join(installed, "package.json"), "utf8");
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  for (const name of new Set([...Object.keys(dependencies), ...more])) link(folder, name);
  const bin = join(installed, "bin", "scheduling-safety.mjs");
  return {
    folder,
    scheduling: (...args) => {
      const child = spawn(process.execPath, [bin, ...args], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      return ended(child);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function link(folder: string, name: string): void {
  const target = join(folder, "node_modules", name);
  const source = join(projectRoot, "node_modules", name);
  if (!existsSync(source)) throw new Error(`package must be installed in this repository: ${name}`);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(source, target);
}

async function ended(child: ReturnType<typeof spawn>) {
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (piece: string) => {
      text[name] += piece;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, ...text };
}

import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { makeHeldFolder } from "../measure/held-folder.ts";
import { readPackageFile } from "../measure/package-file.ts";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** A browser to start; the packaged one, a headless shell, brings the libraries that a bare system lacks. */
export type Chromium =
  | { readonly packaged: true; readonly path: string; readonly libraries: string }
  | { readonly packaged: false; readonly path: string };

/**
 * Finds the browser that draws the figures: `CHROME_PATH` if set, else the one that npm brought,
 * unpacked once into `.cache`.
 * @throws UsageError if neither is there.
 */
export async function chromiumPath(): Promise<Chromium> {
  const { CHROME_PATH: chosen } = process.env;
  if (chosen) {
    if (existsSync(chosen)) return { packaged: false, path: chosen };
    throw new UsageError(
      `CHROME_PATH must name a Chrome or Chromium binary; got ${chosen}, which does not exist`,
    );
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new UsageError(
      `browser for ${process.platform}-${process.arch} is not packaged; install Chrome or Chromium and set CHROME_PATH to its binary`,
    );
  }
  const folder = await unpack();
  return { packaged: true, path: join(folder, "headless-shell"), libraries: join(folder, "lib") };
}

/** Unpacks aside and renames, so that kernels running in parallel never start half a browser. */
async function unpack(): Promise<string> {
  const source = join(createRequire(import.meta.url).resolve("@sparticuz/chromium"), "..", "..");
  const { version } = readPackageFile(join(source, "package.json"));
  const target = join(projectRoot, ".cache", `chromium-${version}`);
  if (existsSync(target)) return target;
  const scratch = makeHeldFolder("chromium", scratchFolder);
  const aside = join(scratch.path, "chromium");
  mkdirSync(aside);
  try {
    const bin = join(source, "bin");
    const libraries = join(aside, "libraries.tar");
    await Promise.all([
      decompress(join(bin, "chromium.br"), join(aside, "headless-shell"), 0o755),
      decompress(join(bin, "al2023.tar.br"), libraries, 0o644),
    ]);
    await promisify(execFile)("tar", ["-x", "-f", libraries, "-C", aside]);
    rmSync(libraries);
    if (!existsSync(target)) renameSync(aside, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    scratch.remove();
  }
  return target;
}

function decompress(from: string, to: string, mode: number): Promise<void> {
  const brotli = createBrotliDecompress({ chunkSize: 1 << 21 });
  return pipeline(createReadStream(from), brotli, createWriteStream(to, { mode }));
}

import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { UsageError } from "../measure/study-error.ts";
import { projectRoot } from "./project-root.ts";

/** A browser to start, and whether it is the packaged headless shell or a whole one of the system. */
export interface Chromium {
  readonly path: string;
  readonly packaged: boolean;
}

/**
 * Finds the browser that draws the figures: `CHROME_PATH` if set, else the one that npm brought,
 * unpacked once into `.cache`.
 * @throws UsageError if neither is there.
 */
export async function chromiumPath(): Promise<Chromium> {
  const { CHROME_PATH: chosen } = process.env;
  if (chosen) {
    if (existsSync(chosen)) return { path: chosen, packaged: false };
    throw new UsageError(
      `CHROME_PATH must name a Chrome or Chromium binary; got ${chosen}, which does not exist`,
    );
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new UsageError(
      `browser for ${process.platform}-${process.arch} is not packaged; install Chrome or Chromium and set CHROME_PATH to its binary`,
    );
  }
  return { path: await unpack(), packaged: true };
}

/** Unpacks aside and renames, so that kernels running in parallel never start half a browser. */
async function unpack(): Promise<string> {
  const packageFolder = join(createRequire(import.meta.url).resolve("@sparticuz/chromium"), "..", "..");
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(projectRoot, ".cache", "chromium");
  const target = join(folder, `headless-shell-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true });
  const aside = `${target}.${process.pid}`;
  try {
    await pipeline(
      createReadStream(join(packageFolder, "bin", "chromium.br")),
      createBrotliDecompress({ chunkSize: 1 << 21 }),
      createWriteStream(aside, { mode: 0o755 }),
    );
    renameSync(aside, target);
  } finally {
    rmSync(aside, { force: true });
  }
  return target;
}

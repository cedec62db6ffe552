import { join } from "node:path";
import { rolldown } from "rolldown";
import { projectRoot } from "../measure/project-root.ts";
import { DataError } from "../measure/study-error.ts";

const sources = join(projectRoot, "lib", "src", "publish");

/**
 * Compiles the explorables and the simulator for the browser, with the simulator's thread in it as text. The same sources
 * give the same bytes.
 */
export async function bundleExplorables(): Promise<string> {
  const simulator = await bundle("explorable/page/simulator.ts", {});
  return bundle("explorable/page/main.ts", { SIMULATOR_SOURCE: JSON.stringify(simulator) });
}

/** Compiles what every page uses: search, and the ledger's sorting and filtering. */
export async function bundleSite(): Promise<string> {
  return bundle("site/page/main.ts", {});
}

/** Makes one classic script, because a page opened as a file may not load modules. */
async function bundle(entry: string, define: Record<string, string>): Promise<string> {
  const build = await rolldown({
    input: join(sources, entry),
    cwd: sources,
    platform: "browser",
    transform: { define, target: "es2022" },
    treeshake: { moduleSideEffects: (id) => id.startsWith(sources) },
    logLevel: "silent",
    onLog(_, log) {
      throw new DataError(`${entry}: script of the page does not compile; ${log.message}`);
    },
  });
  try {
    const { output } = await build.generate({ format: "iife", minify: true });
    return output[0].code;
  } finally {
    await build.close();
  }
}

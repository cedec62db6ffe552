import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import type { CellQuestion, CompiledCell } from "./build-questions.ts";

/*
 * A thread that compiles cells for the kernels of one build. TypeScript takes seconds to read its libraries and our types,
 * and a fraction of one for a cell: a converter is kept for every folder. What a cell gives depends on nothing but its code,
 * the declarations of the cells before it, and its folder.
 */

interface Converter {
  convert(declarations: string, code: string): CompiledCell;
}
interface System {
  getCurrentDirectory(): string;
  watchFile(): { close(): void };
  watchDirectory(): { close(): void };
}

const require = createRequire(import.meta.url);
const { createConverter } = require("tslab/dist/converter") as {
  createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter;
};
const { getCodeMetadata } = require("tslab/dist/metadata") as { getCodeMetadata(code: string): object };
const tslabs = createRequire(require.resolve("tslab/dist/converter"));
const { sys } = tslabs("@tslab/typescript-for-tslab") as { sys: System };
// What a build reads does not change under it.
sys.watchFile = () => ({ close() {} });
sys.watchDirectory = () => ({ close() {} });

const converters = new Map<string, Converter>();

function converterIn(folder: string): Converter {
  sys.getCurrentDirectory = () => folder;
  const converter = converters.get(folder) ?? createConverter({ isJS: false, isBrowser: false });
  converters.set(folder, converter);
  return converter;
}

/** Source files that lie beside notebooks, compiled: a converter gives each once, but every kernel needs them. */
const beside = new Map<string, NonNullable<CompiledCell["sideOutputs"]>>();
const given = new Map<number, Set<string>>();

function compile({ kernel, folder, declarations, code }: CellQuestion): CompiledCell {
  if (Object.keys(getCodeMetadata(code)).length > 0) {
    throw new TypeError("cell must not have a tag that makes it a module or one for the browser");
  }
  const { sideOutputs: fresh = [], ...compiled } = converterIn(folder).convert(declarations, code);
  const files = [...(beside.get(folder) ?? []), ...fresh];
  beside.set(folder, files);
  const known = given.get(kernel) ?? new Set();
  given.set(kernel, known);
  const sideOutputs = files.filter(({ path }) => !known.has(path));
  for (const { path } of sideOutputs) known.add(path);
  return sideOutputs.length === 0 ? compiled : { ...compiled, sideOutputs };
}

parentPort?.on("message", ({ number, question }: { number: number; question: CellQuestion }) => {
  try {
    parentPort?.postMessage({ number, answer: compile(question) });
  } catch (error) {
    parentPort?.postMessage({ number, problem: String(error) });
  }
});

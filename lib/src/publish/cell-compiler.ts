import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";

/*
 * A thread that compiles cells for the kernels of one build. TypeScript takes seconds to read its libraries and our types,
 * and a fraction of one for a cell: a converter is kept for every folder. What a cell gives depends on nothing but its code,
 * the declarations of the cells before it, and its folder.
 */

/** What a kernel asks. */
export interface CellQuestion {
  readonly folder: string;
  /** What the cells before it declare, as tslab hands it on. */
  readonly declarations: string;
  readonly code: string;
}

/** What tslab's executor is given for a cell. */
export interface CompiledCell {
  readonly declOutput?: string;
  readonly sideOutputs?: unknown;
}

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

function compile({ folder, declarations, code }: CellQuestion): CompiledCell {
  if (Object.keys(getCodeMetadata(code)).length > 0) {
    throw new TypeError("cell must not have a tag that makes it a module or one for the browser");
  }
  const compiled = converterIn(folder).convert(declarations, code);
  // tslab gives them once a converter, so the next kernel would be without.
  if (compiled.sideOutputs) throw new TypeError("cell must not import a source file that lies beside it");
  return compiled;
}

parentPort?.on("message", ({ number, question }: { number: number; question: CellQuestion }) => {
  try {
    parentPort?.postMessage({ number, answer: compile(question) });
  } catch (error) {
    parentPort?.postMessage({ number, problem: String(error) });
  }
});

import { createRequire, Module } from "node:module";
import { askBuild } from "./ask-build.ts";
import type { CompiledCell } from "./build-questions.ts";

const require = createRequire(import.meta.url);

/** The cells of a kernel whose build compiles them. */
export interface CompiledCells {
  /** Lets the next cell that the kernel executes be compiled. */
  prepare(code: string): Promise<void>;
  /** Takes down that the cell has been executed: what it declares holds for those after it. */
  executed(): void;
}

/**
 * Puts into the place of tslab's compiler what the build compiles, so that TypeScript is never loaded here; to be called
 * before tslab is loaded.
 */
export function compileInBuild(): CompiledCells {
  let declarations = "";
  let latest: { readonly code: string; readonly compiled: CompiledCell } | null = null;
  const convert = (known: string, code: string): CompiledCell => {
    if (latest?.code !== code || known !== declarations) throw new Error("cell was not compiled beforehand");
    return latest.compiled;
  };
  replace("tslab/dist/converter", { createConverter: () => ({ convert, close() {} }) });
  replace("tslab/dist/metadata", { getCodeMetadata: () => ({}) });
  return {
    async prepare(code) {
      const question = { kernel: process.pid, folder: process.cwd(), declarations, code };
      latest = { code, compiled: await askBuild("cell", question, () => loadImports(code)) };
    },
    executed() {
      declarations = latest?.compiled.declOutput ?? "";
    },
  };
}

/** Loads what the cell will import while it is compiled; whatever is wrong with it, the cell will find. */
function loadImports(code: string): void {
  if (!code.includes('"scheduling-safety"')) return;
  try {
    require("scheduling-safety");
  } catch {}
}

function replace(name: string, exports: object): void {
  const filename = require.resolve(name);
  require.cache[filename] = Object.assign(new Module(filename), { filename, exports, loaded: true });
}

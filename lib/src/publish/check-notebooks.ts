import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { makeHeldFolder } from "../measure/held-folder.ts";
import { parentDeathPrefix } from "../measure/parent-death.ts";
import { projectRoot } from "../measure/project-root.ts";
import { DataError } from "../measure/study-error.ts";
import { joinLines, readNotebook } from "./notebook.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** The code cells of a notebook as one module, and where each line of it comes from. */
interface NotebookModule {
  readonly name: string;
  readonly text: string;
  /** By line of the module, from 0: code cell (from 1), its id and its line (from 1). */
  readonly origins: readonly { readonly cell: number; readonly id: string; readonly line: number }[];
}

const DIAGNOSTIC = /^(?<file>.*)\.ts\((?<line>\d+),\d+\): error (?<message>TS\d+: .*)$/;

/**
 * Type-checks notebooks with the project's own strict compiler against the built library: tslab's is older and lax.
 * @throws DataError naming notebook, code cell and line of each error.
 */
export async function checkNotebooks(notebooks: readonly string[]): Promise<void> {
  const scratch = makeHeldFolder("check", scratchFolder);
  const folder = scratch.path;
  try {
    const modules = notebooks.map(asModule);
    for (const { name, text } of modules) writeFileSync(join(folder, `${name}.ts`), text);
    const options = { noEmit: true, types: ["node"], noUnusedLocals: false };
    const config = {
      extends: join(projectRoot, "tsconfig.json"),
      compilerOptions: options,
      include: ["*.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const output = await compile(folder);
    if (output !== null) throw new DataError(explain(output, modules));
  } finally {
    scratch.remove();
  }
}

function asModule(path: string): NotebookModule {
  const cells = readNotebook(path).cells.filter(
    ({ cell_type, source }) => cell_type === "code" && joinLines(source).trim(),
  );
  const lines: string[] = [];
  const origins: NotebookModule["origins"][number][] = [];
  for (const [index, { id = "", source }] of cells.entries()) {
    for (const [line, code] of joinLines(source).split("\n").entries()) {
      lines.push(code);
      origins.push({ cell: index + 1, id, line: line + 1 });
    }
  }
  return { name: basename(path, ".ipynb"), text: `${lines.join("\n")}\nexport {};\n`, origins };
}

/** Returns what the compiler has to say, or null if it has nothing against the modules. */
function compile(folder: string): Promise<string | null> {
  const compiler = join(
    createRequire(import.meta.url).resolve("typescript/package.json"),
    "..",
    "bin",
    "tsc",
  );
  const command = [process.execPath, compiler, "-p", folder, "--pretty", "false"];
  const [program = "", ...args] = [...parentDeathPrefix("KILL"), ...command];
  const child = spawn(program, args, { cwd: folder });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code === 0 ? null : output));
  });
}

function explain(output: string, modules: readonly NotebookModule[]): string {
  const lines = output
    .trimEnd()
    .split("\n")
    .map((line) => {
      const { file = "", line: number = "", message = "" } = DIAGNOSTIC.exec(line)?.groups ?? {};
      const origin = modules.find(({ name }) => name === file)?.origins[Number(number) - 1];
      return origin
        ? `notebook ${file}, code cell ${origin.cell} (${origin.id}), line ${origin.line}: ${message}`
        : line;
    });
  return lines.join("\n");
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";
import { installKernel } from "./install-kernel.ts";
import { installPython } from "./install-python.ts";
import { runNotebooks } from "./run-notebooks.ts";

const requirements = join(import.meta.dirname, "..", "..", "requirements.txt");

/**
 * Executes the notebooks of a project that installed this package, in place, on a data set. What executes them is made once,
 * in the project's `.venv`.
 *
 * @returns the notebooks
 * @throws {UsageError} when there is none, or no Python; DataError naming each cell that failed; none is kept then.
 */
export async function executeProjectNotebooks(data: string): Promise<string[]> {
  const folder = join(projectRoot, "notebooks");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ipynb")) : [];
  if (names.length === 0) {
    throw new UsageError(`notebooks must lie in ${folder}; found none; \`new-study\` writes one`);
  }
  installPython(requirements);
  installKernel();
  return runNotebooks({
    notebooks: names.sort().map((name) => join(folder, name)),
    outputFolder: folder,
    dataFolder: data,
  });
}

import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { DataError } from "../measure/study-error.ts";
import { normaliseNotebook } from "./normalise-notebook.ts";
import { type Notebook, notebookText, readNotebook } from "./notebook.ts";

/**
 * Compares committed notebooks with the same ones as executed now.
 * @throws DataError naming each notebook that differs and its first code cell that does.
 */
export function compareNotebooks(committed: readonly string[], executedFolder: string): void {
  const problems = committed.flatMap((path) => {
    const name = basename(path, ".ipynb");
    const executed = join(executedFolder, `${name}.ipynb`);
    if (!existsSync(executed))
      return [`notebook ${name} must be executed before it is compared: no ${executed}`];
    const difference = firstDifference(readNotebook(path), readNotebook(executed));
    return difference === null
      ? []
      : [`notebook ${name}, ${difference}; run \`make notebooks\`, look at it and commit it`];
  });
  if (problems.length > 0) throw new DataError(problems.join("\n"));
}

function firstDifference(committed: Notebook, executed: Notebook): string | null {
  const [was, is] = [normaliseNotebook(committed), normaliseNotebook(executed)];
  if (notebookText(was) === notebookText(is)) return null;
  const index = is.cells.findIndex((cell, i) => JSON.stringify(cell) !== JSON.stringify(was.cells[i]));
  if (index === -1) return `it has ${was.cells.length} cells, executed ${is.cells.length}`;
  const cell = is.cells[index];
  return `${cell?.cell_type} cell ${cell?.id} (the notebook's cell ${index + 1}) differs from what its code gives now`;
}

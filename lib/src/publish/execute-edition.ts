import { cpSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolder } from "../measure/make-folder.ts";
import { didYouMean } from "../measure/nearest-name.ts";
import { projectRoot } from "../measure/project-root.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { checksums, compareChecksums } from "./checksums.ts";
import { collectFigures } from "./collect-figures.ts";
import { collectValues } from "./collect-values.ts";
import { compareNotebooks } from "./compare-notebooks.ts";
import { EarlierExecutions } from "./earlier-executions.ts";
import {
  committed,
  type EditionName,
  editionPaths,
  editions,
  notebookFiles,
  pathsIn,
} from "./edition-paths.ts";
import { identifyEdition } from "./identify-edition.ts";
import { emptyNotebook } from "./normalise-notebook.ts";
import { notebookText, readNotebook } from "./notebook.ts";
import { replaceFolder } from "./replace-folder.ts";
import { runNotebooks } from "./run-notebooks.ts";

const executions = join(projectRoot, ".cache", "executions");
/** What is to be committed, all of it, until it lies in its places. */
const kept = join(editions, "reference.kept");

/** Which executions an edition may take from earlier ones. */
export interface ExecutionChoice {
  /** Execute every notebook and draw every figure again. */
  readonly fresh?: boolean;
  /** Execute only the notebooks whose names begin so; the others stay as they are committed. */
  readonly only?: string;
}

/**
 * Executes all notebooks from empty on one data set, but those whose content was executed before, and collects their figures and values. On a reader's host, a notebook
 * whose experiment could not be measured there ends where it loads it; the reference must be whole. The edition appears
 * whole or, whatever happens meanwhile, stays as it was.
 *
 * @returns the notebooks that were chosen
 * @throws DataError naming notebook, cell and problem
 */
export async function executeEdition(
  name: EditionName,
  dataFolder: string,
  { fresh = false, only }: ExecutionChoice = {},
): Promise<readonly string[]> {
  finishKeeping();
  const drawnBefore = name === "reference" ? committed.figures : editionPaths(name).figures;
  const folder = join(editions, `${name}.unfinished`);
  rmSync(folder, { recursive: true, force: true });
  const paths = pathsIn(folder);
  const chosen = notebookFiles().filter((path) => only === undefined || basename(path).startsWith(only));
  if (only !== undefined && chosen.length === 0) {
    const names = notebookFiles().map((path) => basename(path, ".ipynb"));
    throw new UsageError(
      `notebook is unknown: ${only}${didYouMean(only, names)}; choose from ${names.join(", ")}`,
    );
  }
  const earlier = new EarlierExecutions(join(executions, name), dataFolder);
  // Asked of all before any is executed: an execution is kept under what its content was then.
  const known = chosen.filter((path) => earlier.has(path));
  const waiting = fresh || only !== undefined ? chosen : chosen.filter((path) => !known.includes(path));
  makeFolder(paths.notebooks);
  // What is left must be of this data set and code, too; otherwise the edition is of none, and no article is built of it.
  const left = notebookFiles().filter((path) => !chosen.includes(path));
  if (left.every((path) => earlier.isOutputOf(path)))
    writeFileSync(paths.identity, identifyEdition(dataFolder));
  for (const path of notebookFiles()) {
    const target = join(paths.notebooks, basename(path));
    if (left.includes(path)) cpSync(path, target);
    else if (!waiting.includes(path)) earlier.take(path, target);
  }
  if (waiting.length > 0) {
    const executed = await runNotebooks({
      notebooks: waiting,
      outputFolder: paths.notebooks,
      dataFolder,
      figuresFolder: drawnBefore,
      mayEnd: name !== "reference",
      fresh,
    });
    for (const [i, path] of waiting.entries()) earlier.keep(path, executed[i] as string);
  }
  const executed = notebookFiles().map((path) => join(paths.notebooks, basename(path)));
  collectFigures(executed, paths.figures);
  collectValues(executed, paths.values);
  replaceFolder(folder, join(editions, name), join(editions, `${name}.replaced`));
  return chosen;
}

/**
 * Makes the executed reference edition the committed one, notebooks and figures together: copied aside first, then renamed
 * into their places, figures last. What a kill leaves out of place, the next execution of any edition puts there.
 *
 * @throws DataError naming each notebook whose source is another by now; it alone stays as it is
 */
export function keepReference(): void {
  const folder = `${kept}.unfinished`;
  rmSync(folder, { recursive: true, force: true });
  const copies = pathsIn(folder);
  const { notebooks, figures } = editionPaths("reference");
  cpSync(notebooks, copies.notebooks, { recursive: true });
  cpSync(figures, copies.figures, { recursive: true });
  renameSync(folder, kept);
  const changed = finishKeeping();
  if (changed.length > 0) {
    throw new DataError(
      `notebook was changed while it was executed: ${changed.join(", ")}; run \`make notebooks\` again`,
    );
  }
}

/** Returns the notebooks that were left, as somebody has changed them meanwhile. */
function finishKeeping(): string[] {
  if (!existsSync(kept)) return [];
  const { notebooks, figures } = pathsIn(kept);
  const changed: string[] = [];
  for (const name of existsSync(notebooks) ? readdirSync(notebooks).sort() : []) {
    const [copy, place] = [join(notebooks, name), join(committed.notebooks, name)];
    if (existsSync(place) && sourceOf(place) === sourceOf(copy)) renameSync(copy, place);
    else changed.push(basename(name, ".ipynb"));
  }
  if (existsSync(figures)) replaceFolder(figures, committed.figures, join(editions, "figures.replaced"));
  rmSync(kept, { recursive: true });
  return changed;
}

function sourceOf(notebook: string): string {
  return notebookText(emptyNotebook(readNotebook(notebook)));
}

/** @throws DataError naming each notebook and figure that its code does not give now as it is committed */
export async function compareReference(): Promise<void> {
  const { notebooks, figures } = editionPaths("reference");
  compareNotebooks(notebookFiles(), notebooks);
  const [drawn, kept] = await Promise.all(
    [figures, committed.figures].map((folder) => checksums(folder, [""])),
  );
  compareChecksums(drawn as string, kept as string, committed.figures);
}

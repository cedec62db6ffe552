import { existsSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { makeHeldFolder } from "../measure/held-folder.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import { buildVariable } from "./ask-build.ts";
import { startBuildServices } from "./build-services.ts";
import { type ExecutionJob, executeNotebooks } from "./execute-notebooks.ts";
import { type CellFailure, type Ending, findFailures } from "./find-failures.ts";
import { emptyNotebook, normaliseNotebook } from "./normalise-notebook.ts";
import { joinLines, type Notebook, notebookText, readNotebook } from "./notebook.ts";
import { notebookProgress } from "./notebook-progress.ts";
import { scratchFolder } from "./scratch-folder.ts";

export interface NotebookRun {
  readonly notebooks: readonly string[];
  /** Where the executed notebooks go, under their own names; it may be the folder they come from. */
  readonly outputFolder: string;
  /** The data folder that `load` reads; default: the reference data. */
  readonly dataFolder?: string;
  /** Where figures drawn before are looked for; default: `figures/`. */
  readonly figuresFolder?: string;
  /** Lets a notebook end where it asks for measurements that do not exist; it is written as far as it went. */
  readonly mayEnd?: boolean;
  /** Draws every figure again. */
  readonly fresh?: boolean;
  /** How long one cell may take; default: 300 s. */
  readonly cellSeconds?: number;
  /** How many notebooks run at a time; default: one a core. */
  readonly concurrency?: number;
  /** Where progress goes; default: stderr, none if null. */
  readonly progress?: NodeJS.WriteStream | null;
}

interface Job {
  readonly name: string;
  readonly source: string;
  readonly path: string;
  readonly output: string;
  readonly notebook: Notebook;
}

/**
 * Executes notebooks from empty, in parallel, each in a fresh kernel, and writes them normalised: the same bytes
 * from the same code and data. What has no state of theirs, compiling cells and drawing figures, is done once for all.
 * Writes all of them or, if one fails, none; one that would take the place of a source that somebody has changed meanwhile
 * is left out. Returns the paths written.
 * @throws DataError naming each notebook, cell and problem: a cell threw, printed to stderr, left a rejection
 *   unhandled, lost output, hung, or ended its kernel; or each whose source has changed. UsageError if a notebook or the
 *   Python environment is missing.
 */
export async function runNotebooks(run: NotebookRun): Promise<string[]> {
  const { cellSeconds = 300, concurrency = availableParallelism(), progress = process.stderr } = run;
  const scratch = makeHeldFolder("notebooks", scratchFolder);
  const folder = scratch.path;
  try {
    const jobs = prepare(run.notebooks, folder);
    const names = new Map(jobs.map(({ path, name }) => [path, name]));
    const execution: ExecutionJob = {
      kernel: "tslab",
      concurrency,
      cellSeconds,
      notebooks: jobs.map(({ path, output, source }) => ({ path, output, folder: dirname(source) })),
    };
    const jobFile = join(folder, "job.json");
    writeFileSync(jobFile, JSON.stringify(execution));
    const shown = progress && notebookProgress(jobs.length, countCells(jobs), progress);
    const endings = new Map<string, Ending>();
    const onEnd = (path: string, ending: Ending) => {
      endings.set(path, ending);
      shown?.ended(names.get(path) ?? path, ending.kind !== "completed");
    };
    const services = await startBuildServices();
    try {
      await executeNotebooks(
        jobFile,
        execution,
        { ...settings(run), [buildVariable]: services.address },
        (path) => shown?.cell(names.get(path) ?? path),
        onEnd,
      );
    } finally {
      shown?.stop();
      await services.stop();
    }
    return publish(jobs, endings, run, cellSeconds);
  } finally {
    scratch.remove();
  }
}

function prepare(notebooks: readonly string[], folder: string): Job[] {
  if (notebooks.length === 0) throw new UsageError("notebooks to execute must be named; got none");
  const jobs = notebooks.map((given): Job => {
    const source = resolve(given);
    const name = basename(source, ".ipynb");
    const notebook = emptyNotebook(readNotebook(source));
    return {
      name,
      source,
      notebook,
      path: join(folder, `${name}.ipynb`),
      output: join(folder, `${name}.executed.ipynb`),
    };
  });
  const twice = jobs.find(({ name }, index) => jobs.findIndex((other) => other.name === name) < index);
  if (twice) throw new UsageError(`notebook names must differ; got ${twice.name} twice`);
  for (const { path, notebook } of jobs) writeFileSync(path, notebookText(notebook));
  return jobs;
}

function countCells(jobs: readonly Job[]): number {
  const cells = jobs.flatMap(({ notebook }) => notebook.cells);
  return cells.filter((cell) => cell.cell_type === "code" && joinLines(cell.source).trim() !== "").length;
}

function settings({ dataFolder, figuresFolder, fresh = false }: NotebookRun): NodeJS.ProcessEnv {
  return {
    SCHEDULING_SAFETY_MARKS: "1",
    SCHEDULING_SAFETY_FRESH: fresh ? "1" : "0",
    ...(dataFolder && { SCHEDULING_SAFETY_DATA: resolve(dataFolder) }),
    ...(figuresFolder && { SCHEDULING_SAFETY_FIGURES: resolve(figuresFolder) }),
  };
}

function publish(
  jobs: readonly Job[],
  endings: ReadonlyMap<string, Ending>,
  { outputFolder, mayEnd = false, progress = process.stderr }: NotebookRun,
  cellSeconds: number,
) {
  const problems: string[] = [];
  const executed = jobs.map(({ name, path, output, notebook }) => {
    const ending = endings.get(path) ?? { kind: "broke", cell: null, message: "the executor told nothing" };
    const result = ending.kind === "broke" && ending.cell === null ? notebook : readNotebook(output);
    for (const failure of findFailures(result, ending, cellSeconds)) {
      if (mayEnd && failure.notMeasured)
        progress?.write(`notebook ${name} ends early: ${failure.notMeasured}\n`);
      else problems.push(describe(name, result, failure));
    }
    return { path: join(outputFolder, `${name}.ipynb`), text: notebookText(normaliseNotebook(result)) };
  });
  if (problems.length > 0) throw new DataError(problems.join("\n"));
  const changed = jobs.filter((job) => isChanged(job, outputFolder)).map(({ name }) => name);
  for (const { path, text } of executed) {
    if (!changed.includes(basename(path, ".ipynb"))) writeAtomically(path, text);
  }
  if (changed.length > 0) {
    throw new DataError(
      `notebook was changed while it was executed: ${changed.join(", ")}; it stays as it is; execute it again`,
    );
  }
  return executed.map(({ path }) => path);
}

/** Whether the executed notebook would take the place of its own source, and that is another by now. */
function isChanged({ source, notebook }: Job, outputFolder: string): boolean {
  if (dirname(source) !== resolve(outputFolder) || !existsSync(source)) return false;
  return notebookText(emptyNotebook(readNotebook(source))) !== notebookText(notebook);
}

/** Counts code cells as Jupyter does, from 1. */
function describe(name: string, notebook: Notebook, { cell, problem }: CellFailure): string {
  if (cell === null) return `notebook ${name}: ${problem}`;
  const before = notebook.cells.slice(0, cell + 1);
  const number = before.filter(
    (other) => other.cell_type === "code" && joinLines(other.source).trim() !== "",
  ).length;
  return `notebook ${name}, code cell ${number} (${notebook.cells[cell]?.id}): ${problem}`;
}

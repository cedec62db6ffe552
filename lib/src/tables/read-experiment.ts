import { join } from "node:path";
import { DataError } from "../measure/study-error.ts";
import { cellKey } from "./cell-key.ts";
import { columnOf } from "./column-of.ts";
import type { ExperimentDeclaration } from "./experiment-declaration.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { readChecked } from "./read-checked.ts";
import type { ReadTable } from "./read-table.ts";
import { runsSchema } from "./runs-schema.ts";
import { samplesSchema } from "./samples-schema.ts";

export const runsFile = "runs.arrow";
export const samplesFile = "samples.arrow";

/** The files of one experiment, checked against each other. */
export interface ExperimentTables {
  readonly manifest: Manifest;
  readonly runs: ReadTable;
  readonly samples: ReadTable;
}

/**
 * Reads an experiment's folder: every table is whole, unaltered and complete, and every sample belongs to a run.
 *
 * @throws {DataError} naming the file that is not.
 */
export function readExperiment(folder: string, declaration: ExperimentDeclaration): ExperimentTables {
  const manifest = readManifest(folder);
  if (manifest.experiment !== declaration.name) {
    throw new DataError(`folder holds ${manifest.experiment}, not ${declaration.name}: ${folder}; rename it`);
  }
  const runs = readChecked(join(folder, runsFile), runsSchema(declaration), manifest.tables.runs);
  const samples = readChecked(join(folder, samplesFile), samplesSchema(declaration), manifest.tables.samples);
  checkRuns(join(folder, runsFile), manifest, runs);
  checkReplicates(join(folder, runsFile), declaration, manifest, runs);
  checkSamples(join(folder, samplesFile), runs, samples);
  return { manifest, runs, samples };
}

function checkRuns(path: string, { runs: { planned } }: Manifest, { rows, columns }: ReadTable): void {
  const distinct = new Set(columnOf(columns, "run")).size;
  if (rows !== planned || distinct !== planned) {
    throw new DataError(`table is incomplete: ${path} has ${distinct} runs; the campaign planned ${planned}`);
  }
}

/** Every scenario has as many runs as its part of the design, or fewer only where the manifest says so. */
function checkReplicates(
  path: string,
  { factors }: ExperimentDeclaration,
  { parameters: { parts }, runs: { planned }, replication }: Manifest,
  { rows, columns }: ReadTable,
): void {
  const designed = parts.reduce((sum, { scenarios, replicates }) => sum + scenarios * replicates, 0);
  if (replication === undefined) {
    if (planned === designed) return;
    throw new DataError(
      `table is incomplete: ${path} has ${planned} runs; its design has ${designed}, and its manifest does not say why`,
    );
  }
  const names = Object.keys(factors);
  const part = columnOf(columns, "part");
  const levels = names.map((name) => [name, columnOf(columns, name)] as const);
  const found = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const key = cellKey(
      part[row],
      Object.fromEntries(levels.map(([name, values]) => [name, values[row]])),
      names,
    );
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  for (const cell of replication.cells) {
    const runs = found.get(cellKey(cell.part, cell.levels, names)) ?? 0;
    if (runs === cell.runs) continue;
    const scenario = [cell.part, ...names.map((name) => cell.levels[name])].join(" ");
    throw new DataError(
      `table is incomplete: ${path} has ${runs} runs of ${scenario}; its manifest says ${cell.runs}`,
    );
  }
}

function checkSamples(path: string, runs: ReadTable, samples: ReadTable): void {
  const numbers = columnOf(runs.columns, "run");
  const valid = columnOf(runs.columns, "valid");
  const known = new Set(numbers);
  const sampled = new Set(columnOf(samples.columns, "run"));
  const stray = [...sampled].find((run) => !known.has(run));
  if (stray !== undefined) throw new DataError(`table has samples of an unknown run: ${path}, run ${stray}`);
  const bare = Array.from(numbers).find((run, row) => valid[row] === true && !sampled.has(run));
  if (bare !== undefined) {
    throw new DataError(`table is incomplete: ${path} has no samples of run ${bare}, which is valid`);
  }
}

import { join } from "node:path";
import { DataError } from "../measure/study-error.ts";
import { cellKey } from "./cell-key.ts";
import { columnOf } from "./column-of.ts";
import type { NumberArray } from "./decode-column.ts";
import type { ExperimentDeclaration } from "./experiment-declaration.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import type { OpenTable } from "./open-table.ts";
import { columnsOf, type ReadTable } from "./read-table.ts";
import { earlierRunsSchemas, runsSchema } from "./runs-schema.ts";
import { samplesSchema } from "./samples-schema.ts";
import type { Schema } from "./schema.ts";
import { openStoredTable } from "./stored-table.ts";

export const runsFile = "runs.arrow";
export const samplesFile = "samples.arrow";

/** The files of one experiment, checked against each other. */
export interface ExperimentTables {
  readonly manifest: Manifest;
  /** Columns that tables of before lack are null; factors that they lack are at the level of then. */
  readonly runs: ReadTable;
  /** Unit and meaning of each column of the runs table, as its file has them. */
  readonly describedRuns: OpenTable["described"];
  /** The schema that the file of the runs table has, of those it may have. */
  readonly runsSchema: Schema;
  readonly samples: OpenTable;
  /** The run of each sample, as its row in the runs table. */
  readonly rowOfSample: NumberArray;
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
  const schema = runsSchema(declaration);
  const openRuns = openStoredTable(join(folder, runsFile), schema, manifest.tables.runs, [
    ...earlierRunsSchemas(declaration),
  ]);
  const samples = openStoredTable(
    join(folder, samplesFile),
    samplesSchema(declaration),
    manifest.tables.samples,
  );
  const { rows, metadata, column } = openRuns;
  // Decoded before others are made up: a file may say of itself that it has more rows than memory holds.
  const stored = columnsOf(openRuns.schema, rows, column);
  const columns = Object.fromEntries(
    Object.keys(schema).map((name) => [
      name,
      stored[name] ?? new Array(rows).fill(declaration.factors[name]?.before ?? null),
    ]),
  );
  const runs = { rows, metadata, columns };
  checkRuns(openRuns.path, manifest, runs);
  checkReplicates(openRuns.path, manifest, runs);
  const rowOfSample = findRuns(samples, runs);
  checkSampled(samples.path, runs, rowOfSample);
  const { described: describedRuns, schema: schemaOfRuns } = openRuns;
  return { manifest, runs, describedRuns, runsSchema: schemaOfRuns, samples, rowOfSample };
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
  { parameters: { parts, factors }, runs: { planned }, replication, sequential }: Manifest,
  { rows, columns }: ReadTable,
): void {
  const designed = parts.reduce((sum, { scenarios, replicates }) => sum + scenarios * replicates, 0);
  const records = replication?.cells ?? sequential?.cells;
  if (records === undefined) {
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
  for (const cell of records) {
    const runs = found.get(cellKey(cell.part, cell.levels, names)) ?? 0;
    if (runs === cell.runs) continue;
    const scenario = [cell.part, ...names.map((name) => cell.levels[name])].join(" ");
    throw new DataError(
      `table is incomplete: ${path} has ${runs} runs of ${scenario}; its manifest says ${cell.runs}`,
    );
  }
}

/** Numbers runs by their rows: a gather by row number needs no join by key. */
function findRuns({ path, rows, column }: OpenTable, { rows: most, columns }: ReadTable): NumberArray {
  const rowOfRun = new Map(Array.from(columnOf(columns, "run"), (run, row) => [run, row]));
  const { values } = column("run") as { values: NumberArray };
  const found = most < 2 ** 16 ? new Uint16Array(rows) : new Uint32Array(rows);
  let [last, lastRow] = [-1, -1];
  for (let i = 0; i < rows; i++) {
    const run = values[i] as number;
    if (run !== last) {
      const row = rowOfRun.get(run);
      if (row === undefined) throw new DataError(`table has samples of an unknown run: ${path}, run ${run}`);
      [last, lastRow] = [run, row];
    }
    found[i] = lastRow;
  }
  return found;
}

function checkSampled(path: string, { columns }: ReadTable, rowOfSample: NumberArray): void {
  const numbers = columnOf(columns, "run");
  const valid = columnOf(columns, "valid");
  const sampled = new Uint8Array(numbers.length);
  for (let i = 0; i < rowOfSample.length; i++) sampled[rowOfSample[i] as number] = 1;
  const bare = sampled.findIndex((count, row) => count === 0 && valid[row] === true);
  if (bare !== -1) {
    throw new DataError(
      `table is incomplete: ${path} has no samples of run ${numbers[bare]}, which is valid`,
    );
  }
}

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Experiment } from "../src/design/experiment.ts";
import { columnOf } from "../src/tables/column-of.ts";
import { concatColumns } from "../src/tables/concat-columns.ts";
import { type TableRecord, writeManifest } from "../src/tables/manifest.ts";
import { readExperiment, runsFile, samplesFile } from "../src/tables/read-experiment.ts";
import { columnsOf } from "../src/tables/read-table.ts";
import { runsSchema } from "../src/tables/runs-schema.ts";
import { samplesSchema } from "../src/tables/samples-schema.ts";
import type { Columns, Schema } from "../src/tables/schema.ts";
import { sha256File } from "../src/tables/sha256-file.ts";
import { writeTable } from "../src/tables/write-table.ts";

/** Writes an experiment's tables as a campaign of so many times the replicates would have: each run again, under new numbers. */
export function enlargeTables(from: string, to: string, experiment: Experiment, times: number): void {
  mkdirSync(to, { recursive: true });
  const { manifest, runs, samples } = readExperiment(from, experiment);
  const numbers = 1 + Math.max(...(columnOf(runs.columns, "run") as readonly number[]));
  const schemas = { runs: runsSchema(experiment), samples: samplesSchema(experiment) };
  const ofSamples = columnsOf(schemas.samples, samples.rows, samples.column);
  const tables = {
    runs: write(join(to, runsFile), schemas.runs, repeat(schemas.runs, runs.columns, times, numbers)),
    samples: write(
      join(to, samplesFile),
      schemas.samples,
      repeat(schemas.samples, ofSamples, times, numbers),
    ),
  };
  const { planned, valid } = manifest.runs;
  const parts = manifest.parameters.parts.map((part) => ({ ...part, replicates: part.replicates * times }));
  const cells = manifest.replication?.cells.map((cell) => ({
    ...cell,
    cap: cell.cap * times,
    runs: cell.runs * times,
    valid: cell.valid * times,
  }));
  writeManifest(to, {
    ...manifest,
    runs: { ...manifest.runs, planned: planned * times, valid: valid * times },
    parameters: { ...manifest.parameters, parts },
    ...(manifest.replication && cells && { replication: { ...manifest.replication, cells } }),
    tables,
  });
}

function repeat(schema: Schema, columns: Columns, times: number, numbers: number): Columns {
  const copies = Array.from({ length: times }, (_, copy) => {
    const renumber = (name: string) =>
      Float64Array.from(columnOf(columns, name) as ArrayLike<number>, (value) => value + copy * numbers);
    return { ...columns, run: renumber("run"), ...("order" in schema && { order: renumber("order") }) };
  });
  return concatColumns(schema, copies);
}

function write(path: string, schema: Schema, columns: Columns): TableRecord {
  writeTable(path, schema, columns);
  return { rows: columnOf(columns, "run").length, bytes: statSync(path).size, sha256: sha256File(path) };
}

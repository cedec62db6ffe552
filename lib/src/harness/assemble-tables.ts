import { statSync } from "node:fs";
import { join } from "node:path";
import type { Experiment } from "../design/experiment.ts";
import { columnOf } from "../tables/column-of.ts";
import { concatColumns } from "../tables/concat-columns.ts";
import type { Manifest, TableRecord } from "../tables/manifest.ts";
import { runsFile, samplesFile } from "../tables/read-experiment.ts";
import { runsSchema } from "../tables/runs-schema.ts";
import { samplesSchema } from "../tables/samples-schema.ts";
import type { Columns, Schema } from "../tables/schema.ts";
import { sha256File } from "../tables/sha256-file.ts";
import { writeTable } from "../tables/write-table.ts";
import type { Part, RunRow } from "./part.ts";

/** Writes the parts of all runs, in their order, as the experiment's two tables. */
export function assembleTables(
  folder: string,
  experiment: Experiment,
  parts: readonly Part[],
): Manifest["tables"] {
  const rows = parts.map(({ row }) => row);
  const samples = parts.map((part) => part.samples);
  const schemaOfRuns = runsSchema(experiment);
  const schemaOfSamples = samplesSchema(experiment);
  return {
    runs: write(join(folder, runsFile), schemaOfRuns, columnsFrom(schemaOfRuns, rows)),
    samples: write(join(folder, samplesFile), schemaOfSamples, concatColumns(schemaOfSamples, samples)),
  };
}

function write(path: string, schema: Schema, columns: Columns): TableRecord {
  writeTable(path, schema, columns);
  return { rows: columnOf(columns, "run").length, bytes: statSync(path).size, sha256: sha256File(path) };
}

function columnsFrom(schema: Schema, rows: readonly RunRow[]): Columns {
  const names = Object.keys(schema);
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

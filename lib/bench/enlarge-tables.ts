import { mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Experiment } from "../src/design/experiment.ts";
import { columnOf } from "../src/tables/column-of.ts";
import { concatColumns } from "../src/tables/concat-columns.ts";
import { type TableRecord, writeManifest } from "../src/tables/manifest.ts";
import { readExperiment, runsFile, samplesFile } from "../src/tables/read-experiment.ts";
import { columnsOf } from "../src/tables/read-table.ts";
import { runsSchema } from "../src/tables/runs-schema.ts";
import { samplesSchema } from "../src/tables/samples-schema.ts";
import type { Columns } from "../src/tables/schema.ts";
import { sha256File } from "../src/tables/sha256-file.ts";
import { writeTable } from "../src/tables/write-table.ts";
import { filesIn, joinTables } from "./join-tables.ts";

/**
 * Writes an experiment's tables as a campaign of so many times the replicates would have: each run again, under new
 * numbers. Samples are written copy by copy, each a batch of the table, so that they need not fit into memory.
 */
export function enlargeTables(from: string, to: string, experiment: Experiment, times: number): void {
  mkdirSync(to, { recursive: true });
  const { manifest, runs, samples } = readExperiment(from, experiment);
  const numbers = 1 + Math.max(...(columnOf(runs.columns, "run") as readonly number[]));
  const schemas = { runs: runsSchema(experiment), samples: samplesSchema(experiment) };
  const ofSamples = columnsOf(schemas.samples, samples.rows, samples.column);
  const copies = Array.from({ length: times }, (_, copy) => copy);
  const ofRuns = copies.map((copy) => renumbered(runs.columns, copy * numbers, ["run", "order"]));
  writeTable(join(to, runsFile), schemas.runs, concatColumns(schemas.runs, ofRuns));
  joinTables(join(to, samplesFile), filesIn(writeCopies()));
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
    tables: {
      runs: recordOf(join(to, runsFile), runs.rows * times),
      samples: recordOf(join(to, samplesFile), samples.rows * times),
    },
  });

  function* writeCopies(): Generator<string> {
    const path = join(to, "copy.arrow");
    for (const copy of copies) {
      writeTable(path, schemas.samples, renumbered(ofSamples, copy * numbers, ["run"]));
      yield path;
      rmSync(path);
    }
  }
}

function renumbered(columns: Columns, by: number, names: readonly string[]): Columns {
  const moved = names.map((name) => {
    const values = columnOf(columns, name) as ArrayLike<number>;
    return [name, Float64Array.from(values, (value) => value + by)] as const;
  });
  return { ...columns, ...Object.fromEntries(moved) };
}

function recordOf(path: string, rows: number): TableRecord {
  return { rows, bytes: statSync(path).size, sha256: sha256File(path) };
}

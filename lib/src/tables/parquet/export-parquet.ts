import { renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ColumnTable } from "arquero";
import { makeFolder } from "../../measure/make-folder.ts";
import { requirePackages } from "../../measure/require-packages.ts";
import type { Dataset } from "../load.ts";
import { runsSchema } from "../runs-schema.ts";
import { samplesSchema } from "../samples-schema.ts";
import type { Schema } from "../schema.ts";
import { asideSuffix } from "../write-atomically.ts";
import { type ParquetType, parquetTypeOf, parquetValues } from "./parquet-type.ts";

/** A Parquet file that was written. */
export interface ParquetFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/** Rows that are held at a time. */
const rowsOfGroup = 100_000;

/**
 * Writes the runs of an experiment on one host, and the samples of its valid runs beside the levels of their runs, where a
 * query over all hosts finds them:
 *
 *     <out>/samples/experiment=<name>/host=<label>/part-0.parquet
 *     <out>/runs/experiment=<name>/host=<label>/part-0.parquet
 *
 * @param host name of the data set, unique among those that are queried together
 * @throws {UsageError} where the package that writes Parquet is not installed.
 */
export async function exportParquet(
  data: Dataset,
  host: string,
  out: string,
): Promise<readonly ParquetFile[]> {
  const { experiment, declaration, samples, runs } = data;
  const runTypes = typesOf(runsSchema(declaration));
  const levels = ["block", "part", ...Object.keys(declaration.factors)];
  const sampleTypes = {
    ...typesOf(samplesSchema(declaration)),
    ...Object.fromEntries(levels.map((name) => [name, runTypes[name] ?? "STRING"])),
  };
  const pathOf = (table: string) =>
    join(out, table, `experiment=${experiment}`, `host=${host}`, "part-0.parquet");
  return [await write(pathOf("samples"), samples, sampleTypes), await write(pathOf("runs"), runs, runTypes)];
}

type Types = Readonly<Record<string, ParquetType>>;

function typesOf(schema: Schema): Types {
  return Object.fromEntries(Object.entries(schema).map(([name, { type }]) => [name, parquetTypeOf(type)]));
}

async function write(path: string, table: ColumnTable, types: Types): Promise<ParquetFile> {
  requirePackages("writing Parquet", ["hyparquet-writer"]);
  const { fileWriter, ParquetWriter, schemaFromColumnData } = await import("hyparquet-writer");
  makeFolder(dirname(path));
  const aside = `${path}.${process.pid}${asideSuffix}`;
  const rows = table.numRows();
  const names = Object.keys(types);
  const columns = names.map((name) => table.column(name));
  try {
    const schema = schemaFromColumnData({
      columnData: names.map((name) => ({ name, data: [], type: types[name] ?? "STRING" })),
    });
    const writer = new ParquetWriter({ writer: fileWriter(aside), schema });
    for (let from = 0; from < rows; from += rowsOfGroup) {
      const length = Math.min(rowsOfGroup, rows - from);
      const columnData = names.map((name, i) => ({
        name,
        data: parquetValues(types[name] ?? "STRING", length, (row) => columns[i]?.at(from + row) ?? null),
      }));
      await writer.write({ columnData, rowGroupSize: rowsOfGroup });
    }
    await writer.finish();
    renameSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
  return { path, rows, bytes: statSync(path).size };
}

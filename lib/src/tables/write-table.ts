import { type Column, Endianness, field, Table, tableToIPC, Version } from "@uwdata/flechette";
import { useZstd } from "./arrow-compression.ts";
import { storage } from "./column-types.ts";
import { encodeColumn } from "./encode-column.ts";
import type { ColumnDeclaration, Columns, ColumnValues, Schema } from "./schema.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * Writes columns as an Arrow IPC file with exactly the schema's types, its units and meanings as field
 * metadata, and zstd-compressed bodies. Nothing appears under `path` unless the whole table does.
 *
 * @param metadata text pairs kept with the schema, for what belongs to the table as a whole.
 * @throws {TypeError} when the columns do not match the schema: names, lengths, nulls, ranges.
 * @throws {DataError} when the disk is full.
 * @throws {UsageError} when the folder is not writable.
 */
export function writeTable(
  path: string,
  schema: Schema,
  columns: Columns,
  metadata: Readonly<Record<string, string>> = {},
): void {
  writeAtomically(path, encodeTable(schema, columns, metadata));
}

function encodeTable(
  schema: Schema,
  columns: Columns,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const names = Object.keys(schema);
  const foreign = Object.keys(columns).find((name) => !(name in schema));
  if (foreign !== undefined) throw new TypeError(`column is not in the schema: ${foreign}`);
  const rows = columns[names[0] ?? ""]?.length ?? 0;

  const fields = Object.entries(schema).map(([name, declaration]) => {
    const { unit, meaning, nullable = false } = declaration;
    return field(
      name,
      storage[declaration.type].arrow(),
      nullable,
      new Map(Object.entries({ unit, meaning })),
    );
  });
  const children = Object.entries(schema).map(([name, declaration]) => {
    const values = columns[name];
    if (!values) throw new TypeError(`column is missing: ${name}`);
    if (values.length !== rows) {
      throw new TypeError(`column ${name} has ${values.length} rows; the first column has ${rows}`);
    }
    return columnFrom(name, declaration, values);
  });
  const table = new Table(
    {
      version: Version.V5,
      endianness: Endianness.Little,
      fields: fields.map((each, i) => ({ ...each, type: children[i]?.type ?? each.type })),
      metadata: new Map(Object.entries(metadata)),
    },
    children,
  );
  const bytes = tableToIPC(table, { format: "file", codec: useZstd() });
  if (!bytes) throw new TypeError("flechette encoded no bytes");
  return bytes;
}

function columnFrom(name: string, declaration: ColumnDeclaration, values: ColumnValues): Column<unknown> {
  const problem = firstProblem(declaration, values);
  if (problem) throw new TypeError(`column ${name}, ${problem}`);
  return encodeColumn(declaration.type, values);
}

function firstProblem({ type, nullable }: ColumnDeclaration, values: ColumnValues): string | undefined {
  const { range } = storage[type];
  const kind = range || type === "float64" ? "number" : type === "bool" ? "boolean" : "string";
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === null) {
      if (!nullable) return `row ${row}: null, but the column is not nullable`;
    } else if (typeof value !== kind) {
      return `row ${row}: ${String(value)} is not a ${kind}`;
    } else if (
      range &&
      !(Number.isInteger(value) && Number(value) >= range[0] && Number(value) <= range[1])
    ) {
      return `row ${row}: ${String(value)} is no ${type}`;
    } else if (type === "float64" && Number.isNaN(value)) {
      return `row ${row}: NaN; write null for a missing value`;
    }
  }
  return undefined;
}

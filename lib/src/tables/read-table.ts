import type { Decoded } from "./decode-column.ts";
import { openTable } from "./open-table.ts";
import type { Columns, ColumnValues, Schema } from "./schema.ts";

/** A table that was read and checked. */
export interface ReadTable {
  readonly rows: number;
  /** Typed arrays where no value is missing; 64-bit integers come as a Float64Array. */
  readonly columns: Columns;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads every column of an Arrow IPC file that holds exactly the schema's columns. See {@link openTable}.
 *
 * @throws {DataError} naming the table when it is missing, truncated, damaged or of another schema.
 */
export function readTable(path: string, schema: Schema): ReadTable {
  const { rows, metadata, column } = openTable(path, schema);
  return { rows, metadata, columns: columnsOf(schema, rows, column) };
}

/** Reads every column that a schema has. */
export function columnsOf(schema: Schema, rows: number, column: (name: string) => Decoded): Columns {
  return Object.fromEntries(
    Object.keys(schema).map((name) => [name, rows === 0 ? [] : plainValues(column(name))]),
  );
}

/** Spells a column's values out: a typed array where none is missing, else one value each. */
export function plainValues(decoded: Decoded): ColumnValues {
  switch (decoded.kind) {
    case "sparse":
      return Array.from(decoded.values, (value) => (Number.isNaN(value) ? null : value));
    case "coded":
      return Array.from(decoded.codes as Iterable<number>, (code) => decoded.words[code] ?? null);
    default:
      return decoded.values;
  }
}

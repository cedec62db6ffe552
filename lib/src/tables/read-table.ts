import { existsSync, readFileSync } from "node:fs";
import { type Column, type Table, tableFromIPC } from "@uwdata/flechette";
import { DataError } from "../measure/study-error.ts";
import { useZstd } from "./arrow-compression.ts";
import { columnTypeOf } from "./column-types.ts";
import type { Columns, ColumnType, ColumnValues, Schema } from "./schema.ts";

/** A table that was read and checked. */
export interface ReadTable {
  readonly rows: number;
  /** Typed arrays where no value is missing; 64-bit integers come as a Float64Array. */
  readonly columns: Columns;
  readonly metadata: Readonly<Record<string, string>>;
}

const magic = "ARROW1";
const remedy = "restore it from version control, or measure again with `scheduling-safety run`";

/**
 * Reads an Arrow IPC file and checks that it holds exactly the schema's columns: names, order, types.
 *
 * @throws {DataError} naming the table when it is missing, truncated, damaged or of another schema.
 */
export function readTable(path: string, schema: Schema): ReadTable {
  if (!existsSync(path)) throw new DataError(`table is missing: ${path}; ${remedy}`);
  return decodeTable(path, readFileSync(path), schema);
}

/** Decodes the bytes of a table; `name` is what errors call it. See {@link readTable}. */
export function decodeTable(name: string, bytes: Buffer, schema: Schema): ReadTable {
  const head = bytes.subarray(0, magic.length).toString("latin1");
  const tail = bytes.subarray(-magic.length).toString("latin1");
  if (head !== magic) throw new DataError(`table is not an Arrow file: ${name}; ${remedy}`);
  if (tail !== magic || bytes.length < 2 * magic.length + 4) {
    throw new DataError(`table is truncated: ${name} ends after ${bytes.length} bytes; ${remedy}`);
  }
  try {
    useZstd();
    const table = tableFromIPC(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    checkSchema(name, schema, table);
    const columns = Object.entries(schema).map(
      ([column, { type }], i) => [column, valuesOf(table.getChildAt(i), type)] as const,
    );
    return {
      rows: table.numRows,
      columns: Object.fromEntries(columns),
      metadata: Object.fromEntries(table.schema.metadata ?? []),
    };
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError(`table is damaged: ${name} (${String(cause)}); ${remedy}`, { cause });
  }
}

function checkSchema(name: string, schema: Schema, table: Table): void {
  const expected = Object.entries(schema).map(([column, { type, nullable = false }]) =>
    describe(column, type, nullable),
  );
  const found = table.schema.fields.map((field) =>
    describe(field.name, columnTypeOf(field.type), field.nullable),
  );
  const length = Math.max(expected.length, found.length);
  const at = Array.from({ length }, (_, i) => expected[i] === found[i]).indexOf(false);
  if (at === -1) return;
  throw new DataError(
    `table has another schema: ${name}, column ${at + 1} is ${found[at] ?? "missing"}; expected ${expected[at] ?? "no more columns"}; ${remedy}`,
  );
}

function describe(column: string, type: string, nullable: boolean): string {
  return `${column}: ${type}${nullable ? " or null" : ""}`;
}

function valuesOf(column: Column<unknown>, type: ColumnType): ColumnValues {
  const { length, nullCount, data } = column;
  if (length === 0) return [];
  const [batch] = data;
  if (!batch || data.length > 1 || type === "bool" || type === "text" || type === "category") {
    return column.toArray() as ColumnValues;
  }
  const { values, validity } = batch as unknown as { values: Uint32Array; validity: Uint8Array };
  const numbers = type === "int64" ? wholeNumbers(values, length) : values.subarray(0, length);
  return nullCount === 0 ? numbers : withNulls(numbers, validity);
}

/** Reads 64-bit integers as numbers by halves: 1 ns a value, 20 times faster than through BigInt. */
function wholeNumbers({ buffer, byteOffset }: ArrayBufferView, length: number): Float64Array {
  const low = new Uint32Array(buffer, byteOffset, 2 * length);
  const high = new Int32Array(buffer, byteOffset, 2 * length);
  const numbers = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    numbers[i] = (high[2 * i + 1] as number) * 2 ** 32 + (low[2 * i] as number);
  }
  return numbers;
}

/** Bit i of an Arrow validity map says whether value i is there. */
function withNulls(numbers: ArrayLike<number>, validity: Uint8Array): (number | null)[] {
  const values = new Array<number | null>(numbers.length);
  for (let i = 0; i < values.length; i++) {
    const there = (((validity[i >> 3] as number) >> (i & 7)) & 1) === 1;
    values[i] = there ? (numbers[i] as number) : null;
  }
  return values;
}

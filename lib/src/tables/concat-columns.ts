import { columnOf } from "./column-of.ts";
import type { NumberArray } from "./decode-column.ts";
import type { Columns, ColumnValues, Schema } from "./schema.ts";

/** Appends tables of one schema to each other, in the given order. */
export function concatColumns(schema: Schema, tables: readonly Columns[]): Columns {
  const entries = Object.keys(schema).map((name) => [
    name,
    concat(tables.map((table) => columnOf(table, name))),
  ]);
  return Object.fromEntries(entries);
}

/** Numbers of which none is missing stay as close together as they were. */
function concat(pieces: readonly ColumnValues[]): ColumnValues {
  const filled = pieces.filter(({ length }) => length > 0);
  const [first] = filled;
  const typed = filled.filter((piece): piece is NumberArray => !Array.isArray(piece));
  if (
    first === undefined ||
    typed.length < filled.length ||
    typed.some((piece) => piece.constructor !== first.constructor)
  ) {
    return filled.flatMap((piece) => Array.from<ColumnValues[number]>(piece));
  }
  const length = typed.reduce((sum, piece) => sum + piece.length, 0);
  const joined = new (first.constructor as Float64ArrayConstructor)(length);
  let at = 0;
  for (const piece of typed) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

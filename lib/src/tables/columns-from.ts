import type { ColumnsOf, Schema, ValueOf } from "./schema.ts";

/** One row of a table that a schema declares. */
export type RowOf<R extends Schema> = { readonly [Name in keyof R]: ValueOf<R[Name]> };

/** Turns rows into the columns of a schema, in its order. */
export function columnsFrom<R extends Schema>(schema: R, rows: readonly RowOf<R>[]): ColumnsOf<R> {
  const columns = Object.keys(schema).map((name) => [name, rows.map((row) => row[name])]);
  return Object.fromEntries(columns) as ColumnsOf<R>;
}

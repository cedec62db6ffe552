import type { Columns, ColumnValues } from "./schema.ts";

/** Finds a column that a checked table must have. */
export function columnOf(columns: Columns, name: string): ColumnValues {
  const values = columns[name];
  if (!values) throw new TypeError(`column is missing: ${name}`);
  return values;
}

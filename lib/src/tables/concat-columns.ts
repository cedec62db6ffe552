import { columnOf } from "./column-of.ts";
import type { Columns, Schema } from "./schema.ts";

/** Appends tables of one schema to each other, in the given order. */
export function concatColumns(schema: Schema, tables: readonly Columns[]): Columns {
  const entries = Object.keys(schema).map((name) => {
    const values: (number | string | boolean | null)[] = [];
    for (const table of tables) {
      for (const value of columnOf(table, name)) values.push(value);
    }
    return [name, values] as const;
  });
  return Object.fromEntries(entries);
}

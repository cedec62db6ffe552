import { columnOf } from "../tables/column-of.ts";
import type { ReadTable } from "../tables/read-table.ts";

/** One row of the runs table, column to value. */
export type RunOfTable = Readonly<Record<string, number | string | boolean | null>>;

/** Lists the rows of a runs table. */
export function runsOfTable({ rows, columns }: ReadTable): RunOfTable[] {
  const names = Object.keys(columns);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, columnOf(columns, name)[row] ?? null])),
  );
}

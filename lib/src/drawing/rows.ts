import type { ColumnTable } from "arquero";

/** One row of a summary table; a design that was not measured leaves columns and rows out. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Gives the rows of a summary table that have the wanted values. */
export function rowsOf(table: ColumnTable, wanted: Row = {}): Row[] {
  return (table.objects() as Row[]).filter((row) =>
    Object.entries(wanted).every(([name, value]) => row[name] === value),
  );
}

/** Gives a number, or null for a value that is missing or that a logarithmic axis cannot show. */
export function positive(value: unknown): number | null {
  return typeof value === "number" && value > 0 ? value : null;
}

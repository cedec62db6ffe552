import type { ColumnTable } from "arquero";
import { numberAt } from "./handed.ts";
import { heading } from "./readable.ts";
import { threeDigits } from "./three-digits.ts";

export interface SideBySide {
  readonly where?: Readonly<Record<string, string | number>>;
  /** The level that names a row, such as `blockers`. */
  readonly rows: string;
  /** The level whose values stand side by side, such as `executor`. */
  readonly across: string;
  readonly values: readonly string[];
}

/**
 * Sets the estimates of a summary table side by side, one row a level, without their intervals: small enough for a page.
 * What was not measured is missing.
 */
export function sideBySide(
  table: ColumnTable,
  { where = {}, rows, across, values }: SideBySide,
): Record<string, (string | number | null)[]> {
  const matching = (table.objects() as Record<string, string | number>[]).filter((row) =>
    Object.entries(where).every(([name, level]) => row[name] === level),
  );
  const levels = (name: string) => [...new Set(matching.map((row) => row[name] as string | number))];
  const ordered = levels(rows).sort((a, b) => Number(a) - Number(b));
  const columns = levels(across).flatMap((level) =>
    values.map((value): [string, (string | null)[]] => [
      `${level} ${heading(value)}`,
      ordered.map((row) => {
        const estimate = numberAt(table, { ...where, [rows]: row, [across]: level }, value);
        return estimate === null ? null : threeDigits(value.endsWith("Share") ? estimate * 100 : estimate);
      }),
    ]),
  );
  return { [heading(rows)]: ordered, ...Object.fromEntries(columns) };
}

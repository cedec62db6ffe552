import { heading } from "./readable.ts";
import { levelsOf, rowsOf, valueAt } from "./rows.ts";
import { threeDigits } from "./three-digits.ts";

export interface SideBySide<R> {
  readonly where?: Partial<R>;
  /** The level that names a row, such as `blockers`. */
  readonly rows: keyof R & string;
  /** The level whose values stand side by side, such as `executor`. */
  readonly across: keyof R & string;
  readonly values: readonly (keyof R & string)[];
}

/**
 * Sets the estimates of a summary side by side, one row a level, without their intervals: small enough for a page.
 * What was not measured is missing.
 */
export function sideBySide<R extends object>(
  summary: readonly R[],
  { where = {}, rows, across, values }: SideBySide<R>,
): Record<string, unknown[]> {
  const matching = rowsOf(summary, where);
  const ordered = levelsOf(matching, rows).sort((a, b) => Number(a) - Number(b));
  const columns = levelsOf(matching, across).flatMap((level) =>
    values.map((value): [string, unknown[]] => [
      `${level} ${heading(value)}`,
      ordered.map((row) => {
        const at: Partial<R> = {};
        at[rows] = row;
        at[across] = level;
        const estimate = valueAt(matching, at, value);
        return estimate === null ? null : threeDigits(value.endsWith("Share") ? estimate * 100 : estimate);
      }),
    ]),
  );
  return { [heading(rows)]: ordered, ...Object.fromEntries(columns) };
}

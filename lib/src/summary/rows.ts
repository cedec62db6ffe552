/** Finds the rows of a summary that have the wanted values. */
export function rowsOf<R extends object>(rows: readonly R[], wanted: Partial<NoInfer<R>> = {}): R[] {
  return rows.filter((row) => matches(row, wanted));
}

/** Finds the number that a summary has at the wanted levels; null where it was not measured. */
export function valueAt<R extends object>(
  rows: readonly R[],
  wanted: Partial<NoInfer<R>>,
  column: keyof NoInfer<R>,
): number | null {
  const value: unknown = rows.find((row) => matches(row, wanted))?.[column];
  return typeof value === "number" ? value : null;
}

/** Lists the distinct values of a column in order of appearance. */
export function levelsOf<R extends object, Name extends keyof R>(rows: readonly R[], name: Name): R[Name][] {
  return [...new Set(rows.map((row) => row[name]))];
}

function matches<R extends object>(row: R, wanted: Partial<R>): boolean {
  return (Object.keys(wanted) as (keyof R)[]).every((name) => row[name] === wanted[name]);
}

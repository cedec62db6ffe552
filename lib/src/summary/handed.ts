import type { ColumnTable } from "arquero";

/** Values for the article by name; null is a value that could not be measured. */
export type Handed = Readonly<Record<string, number | string | null>>;

/** Finds the one number of a summary table that has the given levels; null where it was not measured. */
export function numberAt(
  table: ColumnTable,
  where: Readonly<Record<string, string | number>>,
  column: string,
): number | null {
  const row = (table.objects() as Record<string, unknown>[]).find((candidate) =>
    Object.entries(where).every(([name, level]) => candidate[name] === level),
  );
  const value = row?.[column];
  return typeof value === "number" ? value : null;
}

/** Spells the name of a level as part of a value's name: `run-queue` is `RunQueue`. */
export function pascal(level: string): string {
  return level.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

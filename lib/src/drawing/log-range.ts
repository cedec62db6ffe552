import { positive } from "./positive.ts";

/** Gives the range of a logarithmic axis, in decades, that holds all positive values of some columns with room around. */
export function logRange<R extends object>(
  rows: readonly R[],
  columns: readonly (keyof R)[],
  ...more: readonly (number | null)[]
): [number, number] {
  const values = [
    ...more.map(positive),
    ...rows.flatMap((row) => columns.map((name) => positive(row[name]))),
  ];
  const decades = values.filter((value) => value !== null).map(Math.log10);
  if (decades.length === 0) return [-1, 2];
  const [least, greatest] = [Math.min(...decades), Math.max(...decades)];
  const room = 0.06 * Math.max(1, greatest - least);
  return [least - room, greatest + room];
}

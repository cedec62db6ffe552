import { printable } from "../printable.ts";

/** Sets rows of cells in columns, the first ones flush left and numbers flush right, no wider than a terminal. */
export function textTable(
  head: readonly string[],
  cells: readonly (readonly string[])[],
  columns: number,
  left = 2,
): string[] {
  const rows = cells.map((row) => row.map(printable));
  const widths = head.map((title, at) =>
    rows.reduce((most, row) => Math.max(most, (row[at] ?? "").length), title.length),
  );
  const over = widths.reduce((sum, width) => sum + width + 2, -2) - columns;
  for (let at = 0, rest = over; at < left && rest > 0; at++) {
    const room = Math.max(8, (widths[at] as number) - rest);
    rest -= Math.max(0, (widths[at] as number) - room);
    widths[at] = Math.min(widths[at] as number, room);
  }
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => {
        const width = widths[at] as number;
        const text = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
        return at < left ? text.padEnd(width) : text.padStart(width);
      })
      .join("  ")
      .trimEnd();
  return [line(head), ...rows.map(line)];
}

/** Writes a length of time with a unit that suits it. */
export function duration(ns: number | null): string {
  if (ns === null) return "–";
  if (ns >= 10e9) return `${Math.round(ns / 1e9)} s`;
  if (ns >= 1e9) return `${(ns / 1e9).toFixed(1)} s`;
  if (ns >= 10e6) return `${Math.round(ns / 1e6)} ms`;
  if (ns >= 1e6) return `${(ns / 1e6).toFixed(1)} ms`;
  return `${Math.round(ns / 1e3)} µs`;
}

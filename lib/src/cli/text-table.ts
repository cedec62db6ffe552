/** Aligns rows of texts in columns, two spaces apart. A row is one line: what would break a cell is spelt. */
export function textTable(texts: readonly (readonly string[])[]): string[] {
  const rows = texts.map((row) => row.map((cell) => cell.replaceAll("\n", "\\u000a")));
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, i) => Math.max(cell.length, widest[i] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

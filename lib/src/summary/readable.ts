import { type ColumnTable, from } from "arquero";
import { intervalText } from "./interval-text.ts";

const UNIT = /(Ms|Us|Ns|MiB|Share)$/;

/**
 * Makes a summary table readable: each estimate and its interval become one text, `1.31 (1.28 to 1.35)`, with three
 * significant digits; shares become percentages; names lose their camel case. Missing stays missing.
 *
 * @param table rows or columns named as `p99Ms`, `p99LowMs`, `p99HighMs`
 * @param names the columns to show, in this order; intervals follow their estimates
 * @throws TypeError for a column that is not in the table
 */
export function readable<R extends object>(
  table: readonly R[],
  ...names: readonly (keyof R & string)[]
): Record<string, unknown[]>;
export function readable(table: ColumnTable, ...names: readonly string[]): Record<string, unknown[]>;
export function readable(
  table: ColumnTable | readonly object[],
  ...names: readonly string[]
): Record<string, unknown[]> {
  const columns = "columnNames" in table ? table : from([...table]);
  return Object.fromEntries(names.map((name) => [heading(name), texts(columns, name)]));
}

/** Makes rows readable with all their columns; bounds stand beside their estimates and need no column of their own. */
export function readableRows(rows: readonly object[]): Record<string, unknown[]> {
  const names = Object.keys(rows[0] ?? {});
  return readable(from([...rows]), ...names.filter((name) => !/(Low|High)(Ms|Us|Ns|Share)?$/.test(name)));
}

function texts(table: ColumnTable, name: string): unknown[] {
  const values = column(table, name);
  const unit = UNIT.exec(name)?.[0] ?? "";
  const stem = name.slice(0, name.length - unit.length);
  const names = table.columnNames();
  const bounded = names.includes(`${stem}Low${unit}`);
  const low = bounded ? column(table, `${stem}Low${unit}`) : [];
  const high = bounded ? column(table, `${stem}High${unit}`) : [];
  const scale = unit === "Share" ? 100 : 1;
  const whole = values.every((value) => typeof value !== "number" || Number.isInteger(value));
  const measured = unit !== "" || bounded || !whole;
  return values.map((value, row) => {
    if (!measured || typeof value !== "number") return value;
    const scaled = (bound: unknown) => (typeof bound === "number" ? bound * scale : null);
    return intervalText({ estimate: value * scale, low: scaled(low[row]), high: scaled(high[row]) });
  });
}

function column(table: ColumnTable, name: string): unknown[] {
  if (table.numRows() === 0) return [];
  if (!table.columnNames().includes(name)) {
    throw new TypeError(`column must be one of ${table.columnNames().join(", ")}; got ${name}`);
  }
  return Array.from(table.array(name) as ArrayLike<unknown>);
}

/** Spells a column name for people: `queueP99Ms` is "queue p99 (ms)". */
export function heading(name: string): string {
  const unit = (/KiB$/.exec(name) ?? UNIT.exec(name))?.[0] ?? "";
  const words = name
    .slice(0, name.length - unit.length)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/^hdr\b/, "HDR")
    .replace(/ P(\d\d)/, " p$1")
    .replace(/\bA([A-Z])/, "a $1")
    .toLowerCase()
    .replace("hdr", "HDR");
  return (
    {
      Ms: `${words} (ms)`,
      Us: `${words} (µs)`,
      Ns: `${words} (ns)`,
      KiB: `${words} (KiB)`,
      MiB: `${words} (MiB)`,
      Share: `${words} (%)`,
      "": words,
    }[unit] ?? words
  );
}

import type { ColumnTable } from "arquero";
import { escapeHtml } from "./article/html/escape-html.ts";
import { type Bundle, display } from "./display.ts";
import { mime } from "./mime.ts";

/** How a column reads: its heading, its unit, and how many digits stand after the decimal point. */
export interface ColumnFormat {
  readonly title?: string;
  readonly unit?: string;
  readonly digits?: number;
}

export interface TableOptions {
  readonly caption?: string;
  /** The columns to show, in this order; default: all of them. */
  readonly columns?: { readonly [name: string]: ColumnFormat };
}

/** Columns by name, all of one length. */
export type Columns = { readonly [name: string]: ArrayLike<unknown> };

/** What can be shown: a table, rows that have the same fields, or columns. */
export type Shown = ColumnTable | readonly object[] | Columns;

interface ShownColumn {
  readonly heading: string;
  readonly numeric: boolean;
  readonly cells: readonly string[];
}

const MISSING = "–";

/**
 * Shows a table in the notebook, as HTML and as aligned text. A missing value shows as a dash.
 * @throws TypeError for a column that is not in the table, or that has fractions and no `digits`.
 */
export function showTable(table: Shown, options: TableOptions = {}): void {
  display(tableBundle(table, options));
}

/** Makes the output that shows a table. */
export function tableBundle(table: Shown, options: TableOptions = {}): Bundle {
  const source = columnsOf(table);
  const formats = options.columns ?? Object.fromEntries(Object.keys(source).map((name) => [name, {}]));
  const columns = Object.entries(formats).map(([name, format]) => shown(name, source, format));
  return {
    data: { [mime.html]: asHtml(columns, options.caption), [mime.text]: asText(columns, options.caption) },
    metadata: {},
  };
}

function columnsOf(table: Shown): Columns {
  if (isRows(table)) {
    const names = Object.keys(table[0] ?? {});
    return Object.fromEntries(
      names.map((name) => [name, table.map((row) => (row as Record<string, unknown>)[name])]),
    );
  }
  if (!isColumnTable(table)) return table;
  return Object.fromEntries(table.columnNames().map((name) => [name, Array.from(table.array(name))]));
}

function isRows(table: Shown): table is readonly object[] {
  return Array.isArray(table);
}

function isColumnTable(table: ColumnTable | Columns): table is ColumnTable {
  return typeof (table as ColumnTable).columnNames === "function";
}

function shown(name: string, source: Columns, format: ColumnFormat): ShownColumn {
  const values = source[name];
  if (values === undefined) {
    throw new TypeError(`column must be one of ${Object.keys(source).join(", ")}; got ${name}`);
  }
  const title = format.title ?? name;
  const present = Array.from(values).filter((value) => value !== null && value !== undefined);
  return {
    heading: format.unit === undefined ? title : `${title} (${format.unit})`,
    numeric:
      present.length > 0 && present.every((value) => typeof value === "number" || typeof value === "bigint"),
    cells: Array.from(values, (value) => formatCell(name, value, format.digits)),
  };
}

function formatCell(name: string, value: unknown, digits: number | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return MISSING;
  if (typeof value !== "number") return String(value);
  if (digits === undefined && !Number.isInteger(value)) {
    throw new TypeError(
      `column ${name} has fractions (${value}); give it digits: columns: { ${name}: { digits: 2 } }`,
    );
  }
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const fraction = { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 0 };
  return new Intl.NumberFormat("en-US", { ...fraction, signDisplay: "negative" }).format(value);
}

function asHtml(columns: readonly ShownColumn[], caption: string | undefined): string {
  const rows = columns[0]?.cells.length ?? 0;
  const side = (column: ShownColumn) => ` style="text-align:${column.numeric ? "right" : "left"}"`;
  const head = columns.map((column) => `<th scope="col"${side(column)}>${escapeHtml(column.heading)}</th>`);
  const body = Array.from({ length: rows }, (_, row) => {
    const cells = columns.map(
      (column) => `<td${side(column)}>${escapeHtml(column.cells[row] ?? MISSING)}</td>`,
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  const title = caption === undefined ? "" : `<caption>${escapeHtml(caption)}</caption>\n`;
  return `<table>\n${title}<thead><tr>${head.join("")}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`;
}

function asText(columns: readonly ShownColumn[], caption: string | undefined): string {
  const rows = columns[0]?.cells.length ?? 0;
  const padded = columns.map(({ heading, numeric, cells }) => {
    const width = Math.max(heading.length, ...cells.map((cell) => cell.length));
    return [heading, "─".repeat(width), ...cells].map((cell) =>
      numeric ? cell.padStart(width) : cell.padEnd(width),
    );
  });
  const lines = Array.from({ length: rows + 2 }, (_, line) =>
    padded
      .map((cells) => cells[line])
      .join("  ")
      .trimEnd(),
  );
  return (caption === undefined ? lines : [caption, ...lines]).join("\n");
}

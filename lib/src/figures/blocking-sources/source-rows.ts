import type { ColumnTable } from "arquero";
import type { Data, LayoutAxis } from "plotly.js";
import { type Row, rowsOf } from "../rows.ts";

/** Colour and symbol of the two classes of holds. */
export const classStyle = {
  parked: { color: "#0072B2", symbol: "circle" },
  computing: { color: "#D55E00", symbol: "square" },
} as const;

export type HoldClass = keyof typeof classStyle;

export const holdClasses = Object.keys(classStyle) as HoldClass[];

/** Sorts the sources for a figure: by the class that was expected, then from short to long holds; the first is drawn on top. */
export function sortedSources(holds: ColumnTable): Row[] {
  return rowsOf(holds).sort(
    (a, b) =>
      Number(a["expected"] === "computing") - Number(b["expected"] === "computing") ||
      Number(a["holdMs"]) - Number(b["holdMs"]),
  );
}

/** An axis with one line of text a source. */
export function sourceAxis(sources: readonly Row[]): Partial<LayoutAxis> {
  return {
    type: "category",
    categoryorder: "array",
    categoryarray: sources.map(({ source }) => source).reverse() as string[],
    range: [-0.7, sources.length - 0.3],
  };
}

export interface SourceMarks {
  readonly name: string;
  readonly rows: readonly Row[];
  /** Column of the estimate, and those of its interval. */
  readonly x: readonly [estimate: string, low: string, high: string];
  readonly scale?: number;
  readonly color: string;
  readonly symbol: string;
  readonly open?: boolean;
  readonly unit: string;
}

/** Draws one mark a source, with its interval as whiskers along the row. */
export function sourceMarks({
  name,
  rows,
  x,
  scale = 1,
  color,
  symbol,
  open = false,
  unit,
}: SourceMarks): Data {
  const [estimate, low, high] = x;
  const value = (row: Row, column: string) => {
    const found = row[column];
    return typeof found === "number" ? found * scale : null;
  };
  const distance = (row: Row, column: string) => {
    const [from, to] = [value(row, estimate), value(row, column)];
    return from === null || to === null ? 0 : Math.abs(to - from);
  };
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: rows.map((row) => value(row, estimate)),
    y: rows.map(({ source }) => source as string),
    marker: {
      color: open ? "#ffffff" : color,
      symbol,
      size: open ? 7 : 9,
      line: { color, width: 1.5 },
    },
    error_x: {
      type: "data",
      symmetric: false,
      array: rows.map((row) => distance(row, high)),
      arrayminus: rows.map((row) => distance(row, low)),
      color,
      thickness: 1.25,
      width: 3,
    },
    hovertemplate: `%{y}, ${name}: %{x:.3~g} ${unit}<extra></extra>`,
    showlegend: false,
  } as Data;
}

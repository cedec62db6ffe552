import type { ColumnTable } from "arquero";
import type { Data, LayoutAxis } from "plotly.js";
import { type Row, rowsOf } from "../rows.ts";
import { type Bound, whiskers } from "../whiskers.ts";

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
  const columns = { "": x[0], Low: x[1], High: x[2] };
  const value = (row: Row, bound: Bound) => {
    const found = row[columns[bound]];
    return typeof found === "number" ? found * scale : null;
  };
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: rows.map((row) => value(row, "")),
    y: rows.map(({ source }) => source as string),
    marker: {
      color: open ? "#ffffff" : color,
      symbol,
      size: open ? 7 : 9,
      line: { color, width: 1.5 },
    },
    error_x: whiskers(rows, value, color),
    hovertemplate: `%{y}, ${name}: %{x:.3~g} ${unit}<extra></extra>`,
    showlegend: false,
  } as Data;
}

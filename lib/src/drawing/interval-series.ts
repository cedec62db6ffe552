import type { Data } from "plotly.js";
import { palette } from "./palette.ts";
import type { PanelAxes } from "./panels.ts";
import { positive } from "./positive.ts";
import type { SeriesStyle } from "./theme.ts";
import { whiskers } from "./whiskers.ts";

export interface IntervalSeries<R extends object> {
  readonly name: string;
  readonly rows: readonly R[];
  readonly x: (row: R) => number;
  /** Column of the estimate, and those of its interval where it has one. */
  readonly y: readonly [estimate: keyof R, low?: keyof R, high?: keyof R];
  readonly scale?: number;
  /** Whether the axis is logarithmic: then only positive values are drawn. */
  readonly log?: boolean;
  readonly style: Pick<SeriesStyle, "color" | "dash" | "symbol">;
  /** A quieter companion of the main series: thin, open markers. */
  readonly open?: boolean;
  readonly axes?: PanelAxes;
  readonly unit: string;
}

/** Draws estimates as a line with markers, and their intervals as whiskers. */
export function intervalSeries<R extends object>(series: IntervalSeries<R>): Data {
  const { name, rows, x, y, scale = 1, log = false, style, open = false, axes, unit } = series;
  const [estimate, low, high] = y;
  const value = (row: R, column: keyof R | undefined): number | null => {
    const raw = column === undefined ? null : row[column];
    if (typeof raw !== "number") return null;
    return log ? positive(raw * scale) : raw * scale;
  };
  const columns = { "": estimate, Low: low, High: high };
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    x: rows.map(x),
    y: rows.map((row) => value(row, estimate)),
    line: { color: style.color, dash: style.dash, width: open ? 1.5 : 2.25 },
    marker: {
      color: open ? palette.paper : style.color,
      symbol: style.symbol,
      size: open ? 7 : 8,
      line: { color: style.color, width: 1.5 },
    },
    ...(low !== undefined &&
      high !== undefined && {
        error_y: whiskers(rows, (row, bound) => value(row, columns[bound]), style.color),
      }),
    hovertemplate: `${name}: %{y:.3~r} ${unit}<extra></extra>`,
    showlegend: false,
    ...axes,
  } as Data;
}

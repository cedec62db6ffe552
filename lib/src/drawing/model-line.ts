import type { Data } from "plotly.js";
import { type IntervalSeries, intervalSeries } from "./interval-series.ts";
import { palette } from "./palette.ts";
import type { SeriesStyle } from "./theme.ts";

/** Draws what a model says as a line without marks: marks are always measurements. */
export function modelLine<R extends object>(series: IntervalSeries<R>): Data {
  const { marker: _marker, ...line } = intervalSeries(series) as Record<string, unknown>;
  return { ...line, mode: "lines" } as Data;
}

/** Draws what was measured as marks with intervals, without a line: the lines are the models'. */
export function measuredMarks<R extends object>(series: IntervalSeries<R>): Data {
  const { line: _line, ...marks } = intervalSeries(series) as Record<string, unknown>;
  return { ...marks, mode: "markers" } as Data;
}

/** Explains a line once for all panels, in ink unless a colour is what it stands for. */
export function lineKey(name: string, dash: SeriesStyle["dash"], color: string = palette.slate): Data {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: [null],
    y: [null],
    line: { color, dash, width: 2 },
    showlegend: true,
  };
}

import type { Annotation, Shape } from "plotly.js";
import { palette } from "./palette.ts";
import type { PanelAxes } from "./panels.ts";

/** Marks where blockers equal workers, through the whole height of a panel. */
export function saturationLine(at: number, { xaxis, yaxis }: PanelAxes): Partial<Shape> {
  return {
    type: "line",
    layer: "below",
    x0: at,
    x1: at,
    xref: xaxis as "x",
    y0: 0,
    y1: 1,
    yref: `${yaxis} domain` as "paper",
    line: { color: palette.faint, width: 1, dash: "dot" },
  };
}

/** Names the mark, at the top of a panel and left of the line. */
export function saturationLabel(at: number, { xaxis, yaxis }: PanelAxes): Partial<Annotation> {
  return {
    text: "all workers<br>blocked",
    font: { color: palette.faint, size: 12 },
    align: "right",
    x: at,
    xref: xaxis as "x",
    y: 1,
    yref: `${yaxis} domain` as "paper",
    xanchor: "right",
    yanchor: "top",
    xshift: -4,
    showarrow: false,
  };
}

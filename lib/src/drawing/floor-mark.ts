import type { Data, Shape } from "plotly.js";
import { lineKey } from "./model-line.ts";
import type { PanelAxes } from "./panels.ts";
import { seriesStyle } from "./theme.ts";

const style = seriesStyle("bare timer");

/**
 * Marks the noise floor, what bare timers reach without any worker: nothing below it is the pool's doing.
 *
 * @param floorMs delay of bare timers; null, where it was not measured, draws nothing
 * @param delays the axis that delays are on
 */
export function floorLines(
  floorMs: number | null,
  delays: "x" | "y",
  panels: readonly PanelAxes[] = [{ xaxis: "x", yaxis: "y" }],
): Partial<Shape>[] {
  if (floorMs === null) return [];
  const line = { color: style.color, dash: style.dash, width: 1.5 };
  return panels.map(({ xaxis, yaxis }) =>
    delays === "y"
      ? {
          ...{ type: "line", layer: "below", line },
          ...{ x0: 0, x1: 1, xref: `${xaxis} domain` as "paper" },
          ...{ y0: floorMs, y1: floorMs, yref: yaxis as "y" },
        }
      : {
          ...{ type: "line", layer: "below", line },
          ...{ x0: floorMs, x1: floorMs, xref: xaxis as "x" },
          ...{ y0: 0, y1: 1, yref: `${yaxis} domain` as "paper" },
        },
  );
}

/** Explains the mark once for all panels; nothing where there is none. */
export function floorKey(floorMs: number | null, quantile: string): Data[] {
  return floorMs === null ? [] : [lineKey(`bare timers, ${quantile}`, style.dash, style.color)];
}

import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import type { Figure } from "../figure.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { type Row, rowsOf } from "../rows.ts";
import { axis, seriesStyle } from "../theme.ts";
import { type Bound, whiskers } from "../whiskers.ts";

const quantiles = ["p50", "p99"] as const;
const ink = "#1f2328";

/**
 * Draws the difference between two labels of one system, median and p99, with intervals: every mark should lie on zero up
 * to chance, and its interval is the least effect that this design can see.
 *
 * @param labels what `noDifference` gives
 */
export function controlsLabels(labels: ColumnTable): Figure {
  const systems = [...new Set(rowsOf(labels).map(({ system }) => String(system)))];
  const { layout, axes } = panels(
    quantiles.map((text) => ({ text, color: ink })),
    {
      columns: 2,
      x: axis("Second label − first", "ms", { zeroline: true, zerolinecolor: "#57606a" }),
      y: {
        type: "category",
        categoryarray: [...systems].reverse(),
        range: [-0.6, systems.length - 0.4],
        ticks: "",
      },
      gap: [0.08, 0],
    },
  );
  const { xaxis2, ...rest } = layout as typeof layout & { xaxis2?: object };
  return {
    id: "controls-labels",
    title: "Two labels of one system",
    alt: `Difference of the median (left) and the 99th percentile (right) of the overhead in milliseconds between two labels of the same system, for ${systems.join(", ")}, with 95 % intervals over runs; zero is marked.`,
    data: quantiles.map((quantile, i) => marks(rowsOf(labels, { quantile }), axes[i] as PanelAxes)),
    layout: {
      ...rest,
      // The two quantiles have scales of their own.
      xaxis2: { ...xaxis2, matches: undefined },
      height: 120 + 36 * Math.max(systems.length, 2),
      margin: { l: 96, r: 20, t: 34, b: 52 },
      showlegend: false,
    } as unknown as Figure["layout"],
  };
}

function marks(rows: readonly Row[], axes: PanelAxes): Data {
  const of = (row: Row, bound: Bound) => {
    const value = row[`difference${bound}Ms`];
    return typeof value === "number" ? value : null;
  };
  return {
    type: "scatter",
    mode: "markers",
    name: "difference",
    x: rows.map((row) => of(row, "")),
    y: rows.map(({ system }) => String(system)),
    marker: {
      symbol: "circle",
      size: 9,
      color: rows.map(({ system }) => seriesStyle(String(system).replace("bare-timer", "bare timer")).color),
    },
    error_x: whiskers(rows, of, "#57606a"),
    hovertemplate: "%{y}: %{x:.3~g} ms<extra></extra>",
    showlegend: false,
    ...axes,
  } as Data;
}

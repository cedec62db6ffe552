import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import type { Figure } from "../figure.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { axis, seriesStyle } from "../theme.ts";
import { type Bound, whiskers } from "../whiskers.ts";

const name = (row: Row) => row["at"] as string;

/**
 * Draws by how many percentage points failure rates differ from those published for Tokio, one line a published point.
 *
 * @param failures what `failuresBesideTokio` gives
 */
export function tokioFailureGaps(failures: ColumnTable): Figure {
  const measured = rowsOf(failures).filter((row) => typeof row["apart"] === "number");
  const points = levelsOf<string>(measured, "at");
  const executors = levelsOf<string>(measured, "executor");
  const data = executors.map((executor, i) =>
    marks(
      executor,
      measured.filter((row) => row["executor"] === executor),
      points,
      (i - (executors.length - 1) / 2) * 0.22,
    ),
  );
  return {
    id: "tokio-failure-gaps",
    title: "Failure rates less those published for Tokio",
    alt: `Failure rate less the one published for Tokio, in percentage points, for ${executors.join(", ")}, with 95 % intervals over runs, one line for each published point: ${points.join("; ")}.`,
    data,
    layout: {
      xaxis: axis("Failure rate less Tokio's", "percentage points", {
        range: [-15, 105],
        dtick: 25,
        zeroline: true,
        zerolinecolor: "#57606a",
      }),
      yaxis: {
        tickvals: points.map((_, i) => -i),
        ticktext: [...points],
        range: [0.6 - Math.max(points.length, 1), 0.6],
        ticks: "",
      },
      height: 120 + 30 * Math.max(points.length, 3),
      margin: { l: 190, r: 16, t: 40, b: 52 },
    },
  };
}

/** Numbers instead of categories on the vertical axis let the executors of one point stand below each other. */
function marks(executor: string, rows: readonly Row[], points: readonly string[], offset: number): Data {
  const { color, symbol } = seriesStyle(executor);
  const apart = (row: Row, bound: Bound) => {
    const share = row[`apart${bound}`];
    return typeof share === "number" ? share * 100 : null;
  };
  return {
    type: "scatter",
    mode: "markers",
    name: executor,
    x: rows.map((row) => apart(row, "")),
    y: rows.map((row) => -points.indexOf(name(row)) - offset),
    text: rows.map(name),
    marker: { symbol, size: 9, color },
    error_x: whiskers(rows, apart, color),
    hovertemplate: `%{text}, ${executor}: %{x:.1f} points<extra></extra>`,
    showlegend: true,
  } as Data;
}

import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { keysOnTop } from "../marker-keys.ts";
import { workersText } from "../pool-sizes.ts";
import { rowsOf } from "../rows.ts";
import { saturationLine } from "../saturation-mark.ts";
import { axis } from "../theme.ts";
import { poolLines, poolSizes } from "./pool-lines.ts";

/**
 * Draws the failure rate against connections per worker, one line a pool size: where the lines fall together, a small
 * pool tells what a large one will do. A dotted line marks the law's number, N* / W.
 *
 * @param rates what `serviceRates` gives
 * @param knees what `poolKnees` gives
 */
export function earlyDetectionScaled(rates: ColumnTable, knees: ColumnTable): Figure {
  const sizes = poolSizes(rates);
  const [row] = rowsOf(knees);
  const law = row === undefined ? null : Number(row["lawConnections"]) / Number(row["workers"]);
  const axes = { xaxis: "x", yaxis: "y" };
  return {
    id: "early-detection-scaled",
    title: "Connections per worker decide",
    alt: `Share of failed requests in percent against connections per worker, one line for each of ${sizes.map(workersText).join(", ")}, with 95 % intervals over runs${law === null ? "" : `; a dotted line marks ${law.toFixed(2)} connections per worker, where all workers are busy`}.`,
    data: poolLines(rates, (rate) => (rate["connections"] as number) / (rate["workers"] as number)),
    layout: {
      height: 400,
      xaxis: axis("Connections per worker", null, { rangemode: "tozero", dtick: 1 }),
      yaxis: axis("Failed requests", "%", { rangemode: "tozero" }),
      legend: keysOnTop,
      ...(law !== null && {
        shapes: [saturationLine(law, axes)],
        annotations: [
          {
            text: "N*",
            font: { color: "#6e7781", size: 13 },
            x: law,
            xref: "x",
            y: 1,
            yref: "paper",
            xanchor: "right",
            yanchor: "top",
            xshift: -4,
            showarrow: false,
          },
        ],
      }),
      margin: { l: 64, r: 20, t: 44, b: 56 },
    },
  };
}

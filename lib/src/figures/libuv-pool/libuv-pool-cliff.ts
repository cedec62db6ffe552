import type { ColumnTable } from "arquero";
import type { Data, Shape } from "plotly.js";
import type { Figure } from "../figure.ts";
import { keysOnTop } from "../marker-keys.ts";
import { lineKey, measuredMarks, modelLine } from "../model-line.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, positive, type Row, rowsOf } from "../rows.ts";
import { saturationLine } from "../saturation-mark.ts";
import { axis } from "../theme.ts";
import { INK, operationStyle } from "./operation-style.ts";

const blockers = (row: Row) => row["blockers"] as number;
const heights = ["p50Ms", "p50HighMs", "lawMs"];
const drawn = ["fs.stat", "crypto.randomBytes"] as const;
/** Drawn on top of the other, and open, so that both are seen where they coincide. */
const isOpen = (operation: (typeof drawn)[number]) => operation === "crypto.randomBytes";

/**
 * Draws the median wait for libuv's pool against foreign calls that hold its threads, one panel a pool size, beside the
 * closed form.
 *
 * @param waits what `libuvWaits` gives
 */
export function libuvPoolCliff(waits: ColumnTable): Figure {
  const foreign = drawn.flatMap((operation) => rowsOf(waits, { blocking: "foreign-call", operation }));
  const sizes = levelsOf<number>(foreign, "threads");
  const most = Math.max(2, ...foreign.map(blockers));
  const highest = Math.max(1, ...foreign.flatMap((row) => heights.map((name) => positive(row[name]) ?? 0)));
  const { layout, axes } = panels(
    sizes.map((size) => ({ text: `${size} threads`, color: INK })),
    {
      columns: Math.max(1, sizes.length),
      x: axis("Blocking calls", null, { range: [-0.7, most + 0.7], dtick: 2, tick0: 0, showgrid: false }),
      y: axis("Median wait", "ms", { range: [-0.03 * highest, 1.05 * highest] }),
    },
  );
  const data: Data[] = [
    lineKey("(K − W + 1)·B / W", "solid"),
    ...drawn.map(
      (name): Data => ({
        type: "scatter",
        mode: "markers",
        name,
        x: [null],
        y: [null],
        marker: {
          color: isOpen(name) ? "#ffffff" : operationStyle[name].color,
          symbol: operationStyle[name].symbol,
          size: 9,
          line: { color: operationStyle[name].color, width: 1.75 },
        },
        showlegend: true,
      }),
    ),
  ];
  const shapes: Partial<Shape>[] = [];
  for (const [i, threads] of sizes.entries()) {
    const panel = axes[i] as PanelAxes;
    shapes.push(saturationLine(threads, panel));
    const shared = { x: blockers, axes: panel, unit: "ms" };
    data.push(
      modelLine({
        ...shared,
        name: "closed form",
        rows: rowsOf(waits, { blocking: "foreign-call", threads, operation: "fs.stat" }),
        y: ["lawMs"],
        style: { color: INK, dash: "solid", symbol: "circle" },
      }),
      ...drawn.map((operation) =>
        measuredMarks({
          ...shared,
          name: operation,
          rows: rowsOf(waits, { blocking: "foreign-call", threads, operation }),
          y: ["p50Ms", "p50LowMs", "p50HighMs"],
          style: operationStyle[operation],
          open: isOpen(operation),
        }),
      ),
    );
  }
  return {
    id: "libuv-pool-cliff",
    title: "The cliff of libuv's pool",
    alt: `Median wait of fs.stat and crypto.randomBytes in milliseconds against the number of foreign calls that hold threads, one panel for each of ${sizes.join(", ")} threads, with 95 % intervals over runs and the closed form as a line. A dotted line marks as many calls as threads.`,
    data,
    layout: { ...layout, height: 370, shapes, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}

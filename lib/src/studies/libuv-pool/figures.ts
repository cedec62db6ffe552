import type { Annotation, Data, Shape } from "plotly.js";
import { directLabels } from "../../drawing/direct-labels.ts";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { lineKey, measuredMarks, modelLine } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { positive } from "../../drawing/positive.ts";
import { saturationLine } from "../../drawing/saturation-mark.ts";
import { axis, logAxis, type SeriesStyle } from "../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { LibuvWait } from "./analysis.ts";

/** How the operations of libuv's pool look, in both figures of its experiment. */
const operationStyle = {
  "fs.stat": { color: palette.blue, dash: "solid", symbol: "circle" },
  "crypto.randomBytes": { color: palette.green, dash: "dot", symbol: "diamond" },
  "dns.lookup": { color: palette.vermilion, dash: "solid", symbol: "square" },
} as const satisfies Record<LibuvWait["operation"], SeriesStyle>;

/** What stands behind the panels' titles and the models' lines. */

const blockers = (row: LibuvWait) => row.blockers;
const heights = ["p50Ms", "p50HighMs", "lawMs"] as const;
const drawnOperations = ["fs.stat", "crypto.randomBytes"] as const;
/** Drawn on top of the other, and open, so that both are seen where they coincide. */
const isOpen = (operation: (typeof drawnOperations)[number]) => operation === "crypto.randomBytes";

/**
 * Draws the median wait for libuv's pool against foreign calls that hold its threads, one panel a pool size, beside the
 * closed form.
 *
 * @param waits what `libuvWaits` gives
 */
export function libuvPoolCliff(waits: readonly LibuvWait[]): Figure {
  const foreign = drawnOperations.flatMap((operation) =>
    rowsOf(waits, { blocking: "foreign-call", operation }),
  );
  const sizes = levelsOf(foreign, "threads");
  const most = Math.max(2, ...foreign.map(blockers));
  const highest = Math.max(1, ...foreign.flatMap((row) => heights.map((name) => positive(row[name]) ?? 0)));
  const { layout, axes } = panels(
    sizes.map((size) => ({ text: `${size} threads`, color: palette.slate })),
    {
      columns: Math.max(1, sizes.length),
      x: axis("Blocking calls", null, { range: [-0.7, most + 0.7], dtick: 2, tick0: 0, showgrid: false }),
      y: axis("Median wait", "ms", { range: [-0.03 * highest, 1.05 * highest] }),
    },
  );
  const data: Data[] = [
    lineKey("(K − W + 1)·B / W", "solid"),
    ...drawnOperations.map(
      (name): Data => ({
        type: "scatter",
        mode: "markers",
        name,
        x: [null],
        y: [null],
        marker: {
          color: isOpen(name) ? palette.paper : operationStyle[name].color,
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
        style: { color: palette.slate, dash: "solid", symbol: "circle" },
      }),
      ...drawnOperations.map((operation) =>
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

const columns = ["p50Ms", "p50LowMs", "p50HighMs"] as const;
const drawnLookups = ["dns.lookup", "fs.stat"] as const;
const titles: Readonly<Record<LibuvWait["blocking"], string>> = {
  "foreign-call": "held by foreign calls",
  "slow-lookup": "held by slow lookups",
};

/**
 * Draws the median wait of lookups beside that of `fs.stat`, one panel for what holds the threads: the cliffs at the pool's
 * size and at half of it.
 *
 * @param waits what `libuvWaits` gives
 * @param threads the pool size to draw
 */
export function libuvPoolLookups(waits: readonly LibuvWait[], threads: number): Figure {
  const all = rowsOf(waits, { threads }).filter(({ operation }) =>
    drawnLookups.some((name) => name === operation),
  );
  const kinds = levelsOf(all, "blocking");
  const most = Math.max(2, ...all.map(blockers));
  const { layout, axes } = panels(
    kinds.map((kind) => ({ text: titles[kind], color: palette.slate })),
    {
      columns: 2,
      x: axis("Blocking calls", null, { range: [-0.5, most + 2.4], dtick: 1, tick0: 0 }),
      y: logAxis("Median wait", "ms", { range: logRange(all, columns) }),
    },
  );
  const data: Data[] = [];
  const shapes: Partial<Shape>[] = [];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, blocking] of kinds.entries()) {
    const panel = axes[i] as PanelAxes;
    shapes.push(saturationLine(blocking === "slow-lookup" ? Math.ceil(threads / 2) : threads, panel));
    const labels = drawnLookups.flatMap((operation) => {
      const rows = rowsOf(waits, { threads, blocking, operation });
      const style = operationStyle[operation];
      data.push(
        intervalSeries({
          name: operation,
          rows,
          x: blockers,
          y: columns,
          log: true,
          style,
          axes: panel,
          unit: "ms",
        }),
      );
      const last = rows.findLast((row) => positive(row.p50Ms) !== null);
      return last ? [{ text: operation, color: style.color, x: blockers(last), y: Number(last.p50Ms) }] : [];
    });
    annotations.push(...directLabels(labels, { log: true, gap: 0.22, axes: panel }));
  }
  return {
    id: "libuv-pool-lookups",
    title: "Two cliffs for lookups",
    alt: `Median wait of dns.lookup and fs.stat in milliseconds, on a logarithmic axis, against the number of calls that hold one of ${threads} threads: one panel where these are foreign calls, one where they are slow lookups. Dotted lines mark as many foreign calls as threads, and as many slow lookups as half the threads.`,
    data,
    layout: { ...layout, height: 370, annotations, shapes },
  };
}

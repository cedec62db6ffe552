import type { ColumnTable } from "arquero";
import type { Annotation, Data, Shape } from "plotly.js";
import { directLabels } from "../direct-labels.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { logRange } from "../log-range.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, positive, type Row, rowsOf } from "../rows.ts";
import { saturationLine } from "../saturation-mark.ts";
import { axis, logAxis } from "../theme.ts";
import { INK, operationStyle } from "./operation-style.ts";

const blockers = (row: Row) => row["blockers"] as number;
const columns = ["p50Ms", "p50LowMs", "p50HighMs"] as const;
const drawn = ["dns.lookup", "fs.stat"] as const;
const titles: Readonly<Record<string, string>> = {
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
export function libuvPoolLookups(waits: ColumnTable, threads: number): Figure {
  const all = rowsOf(waits, { threads }).filter(({ operation }) => drawn.some((name) => name === operation));
  const kinds = levelsOf<string>(all, "blocking");
  const most = Math.max(2, ...all.map(blockers));
  const { layout, axes } = panels(
    kinds.map((kind) => ({ text: titles[kind] ?? kind, color: INK })),
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
    const labels = drawn.flatMap((operation) => {
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
      const last = rows.findLast((row) => positive(row["p50Ms"]) !== null);
      return last
        ? [{ text: operation, color: style.color, x: blockers(last), y: last["p50Ms"] as number }]
        : [];
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

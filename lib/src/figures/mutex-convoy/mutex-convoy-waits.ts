import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { logRange } from "../log-range.ts";
import { keysOnTop } from "../marker-keys.ts";
import { lineKey } from "../model-line.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { poolColor } from "../pool-sizes.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { saturationLine } from "../saturation-mark.ts";
import { axis, logAxis } from "../theme.ts";

const INK = "#1f2328";
const SYMBOLS = ["circle", "square", "diamond"] as const;

const quantities = [
  { text: "hold", column: "holdP50" },
  { text: "hand-over", column: "handOverP50" },
  { text: "wait for the lock", column: "lockWaitP50" },
] as const;

/**
 * Draws the medians of hold, hand-over and lock wait of the fair lock on the run queue against blockers, one panel each
 * and one line a number of tasks.
 *
 * @param waits what `lockWaits` gives
 * @param workers the worker count that was measured
 */
export function mutexConvoyWaits(waits: ColumnTable, workers: number): Figure {
  const rows = rowsOf(waits, { executor: "run-queue", section: "yields", lock: "fair" }).filter(
    (row) => Number(row["tasks"]) >= 100,
  );
  const sizes = levelsOf<number>(rows, "tasks");
  const { layout, axes } = panels(
    quantities.map(({ text }) => ({ text, color: INK })),
    {
      columns: 3,
      x: axis("Blockers", null, { range: [-0.4, workers + 0.4], dtick: 1 }),
      y: logAxis("Median", "ms", {
        range: logRange(
          rows,
          quantities.flatMap(({ column }) => [`${column}LowMs`, `${column}Ms`, `${column}HighMs`]),
        ),
      }),
    },
  );
  const data = quantities.flatMap(({ text, column }, i) =>
    sizes.map((tasks, size) =>
      intervalSeries({
        name: `${text}, ${tasks} tasks`,
        rows: rows.filter((row) => row["tasks"] === tasks),
        x: (row: Row) => row["blockers"] as number,
        y: [`${column}Ms`, `${column}LowMs`, `${column}HighMs`],
        log: true,
        style: {
          color: poolColor(size, sizes.length),
          dash: "solid",
          symbol: SYMBOLS[size % SYMBOLS.length] as (typeof SYMBOLS)[number],
        },
        axes: axes[i] as PanelAxes,
        unit: "ms",
      }),
    ),
  );
  return {
    id: "mutex-convoy-waits",
    title: "Where the wait for a lock comes from",
    alt: `Median hold, hand-over and wait for the lock in milliseconds, on a logarithmic scale, against blockers at ${workers} workers, one line for each of ${sizes.join(", ")} tasks. A dotted line marks as many blockers as workers.`,
    data: [
      ...sizes.map((tasks, size) => lineKey(`${tasks} tasks`, "solid", poolColor(size, sizes.length))),
      ...data,
    ],
    layout: {
      ...layout,
      height: 370,
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}

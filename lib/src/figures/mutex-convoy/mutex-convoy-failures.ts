import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { keysOnTop } from "../marker-keys.ts";
import { lineKey } from "../model-line.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { saturationLine } from "../saturation-mark.ts";
import { axis } from "../theme.ts";

const INK = "#1f2328";

const lines = [
  { name: "no lock", lock: "none", role: "all", color: "#0072B2", dash: "dot", symbol: "circle" },
  {
    name: "lock: takes it",
    lock: "fair",
    role: "contender",
    color: "#D55E00",
    dash: "solid",
    symbol: "square",
  },
  {
    name: "lock: never takes it",
    lock: "fair",
    role: "bystander",
    color: "#009E73",
    dash: "solid",
    symbol: "diamond",
  },
] as const;

/**
 * Draws the failure rate on the run queue against blockers, one panel a number of tasks: independent tasks, and under
 * contention those that take the lock and those that do not. A dotted line marks as many blockers as workers.
 *
 * @param failures what `convoyFailures` gives
 * @param workers the worker count that was measured
 */
export function mutexConvoyFailures(failures: ColumnTable, workers: number): Figure {
  const rows = rowsOf(failures, { executor: "run-queue", section: "yields" });
  const sizes = levelsOf<number>(rows, "tasks").filter((tasks) => tasks >= 100);
  const { layout, axes } = panels(
    sizes.map((tasks) => ({ text: `${tasks} tasks`, color: INK })),
    {
      columns: Math.max(1, sizes.length),
      x: axis("Blockers", null, { range: [-0.4, workers + 0.4], dtick: 1 }),
      y: axis("Failed rounds", "%", { range: [-3, 103], dtick: 25 }),
    },
  );
  const data = sizes.flatMap((tasks, i) =>
    lines.map(({ name, lock, role, ...style }) =>
      intervalSeries({
        name,
        rows: rows.filter((row) => row["tasks"] === tasks && row["lock"] === lock && row["role"] === role),
        x: (row: Row) => row["blockers"] as number,
        y: ["failureShare", "failureLowShare", "failureHighShare"],
        scale: 100,
        style,
        open: role === "bystander",
        axes: axes[i] as PanelAxes,
        unit: "%",
      }),
    ),
  );
  return {
    id: "mutex-convoy-failures",
    title: "What a lock adds to blocking",
    alt: `Share of failed rounds in percent against blockers at ${workers} workers, one panel for each of ${sizes.join(", ")} tasks: independent tasks, tasks that take a lock and tasks beside them that do not, with 95 % intervals over runs.`,
    data: [...lines.map(({ name, color, dash }) => lineKey(name, dash, color)), ...data],
    layout: {
      ...layout,
      height: 370,
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}

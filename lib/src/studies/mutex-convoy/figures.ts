import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../drawing/marker-keys.ts";
import { lineKey, measuredMarks } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { poolColor } from "../../drawing/pool-sizes.ts";
import { positive } from "../../drawing/positive.ts";
import { saturationLine } from "../../drawing/saturation-mark.ts";
import { axis, logAxis } from "../../drawing/theme.ts";
import { intervalNames } from "../../summary/interval-columns.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { ConvoyFailures, ConvoyLatencies, LockWaits } from "./analysis.ts";

const lines = [
  { name: "no lock", lock: "none", role: "all", color: palette.blue, dash: "dot", symbol: "circle" },
  {
    name: "lock: takes it",
    lock: "fair",
    role: "contender",
    color: palette.vermilion,
    dash: "solid",
    symbol: "square",
  },
  {
    name: "lock: never takes it",
    lock: "fair",
    role: "bystander",
    color: palette.green,
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
export function mutexConvoyFailures(failures: readonly ConvoyFailures[], workers: number): Figure {
  const rows = rowsOf(failures, { executor: "run-queue", section: "yields" });
  const sizes = levelsOf(rows, "tasks").filter((tasks) => tasks >= 100);
  const { layout, axes } = panels(
    sizes.map((tasks) => ({ text: `${tasks} tasks`, color: palette.ink })),
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
        rows: rowsOf(rows, { tasks, lock, role }),
        x: ({ blockers }) => blockers,
        y: intervalNames("failure", "Share"),
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

const locks = [
  { lock: "none", label: "no lock", color: palette.blue },
  { lock: "fair", label: "task<br>waits", color: palette.green },
  { lock: "thread", label: "worker<br>waits", color: palette.vermilion },
] as const;

const quantiles = [
  { name: "median", columns: intervalNames("p50", "Ms"), open: false },
  { name: "p90", columns: intervalNames("p90", "Ms"), open: true },
] as const;

const bounds = ["p50Ms", "p50HighMs", "p90Ms", "p90HighMs"] as const;

/**
 * Draws how long rounds of tasks took that never touch the lock, beside a critical section of one poll: without a lock,
 * with one whose waiters leave their worker, and with one whose waiters hold it. One panel a number of blockers.
 *
 * @param latencies what `convoyLatencies` gives
 */
export function mutexConvoyThread(latencies: readonly ConvoyLatencies[]): Figure {
  const rows = rowsOf(latencies, { executor: "run-queue", section: "poll", role: "bystander" });
  const blockers = levelsOf(rows, "blockers");
  const at = (row: ConvoyLatencies) => locks.findIndex(({ lock }) => lock === row.lock);
  const most = Math.max(1, ...rows.flatMap((row) => bounds.map((name) => positive(row[name]) ?? 0)));
  const { layout, axes } = panels(
    blockers.map((count) => ({
      text: count === 0 ? "no blockers" : `${count} blockers`,
      color: palette.ink,
    })),
    {
      columns: Math.max(1, blockers.length),
      x: axis("", null, {
        range: [-0.6, locks.length - 0.4],
        tickvals: locks.map((_, i) => i),
        ticktext: locks.map(({ label }) => label),
      }),
      y: axis("Bystanders’ rounds", "ms", { range: [0, 1.08 * most] }),
    },
  );
  const marks = blockers.flatMap((count, i) =>
    quantiles.flatMap(({ name, columns, open }) =>
      locks.map(({ lock, color }) =>
        measuredMarks({
          name,
          rows: rowsOf(rows, { blockers: count, lock }),
          x: at,
          y: columns,
          style: { color, dash: "solid", symbol: "circle" },
          open,
          axes: axes[i] as PanelAxes,
          unit: "ms",
        }),
      ),
    ),
  );
  return {
    id: "mutex-convoy-thread",
    title: "A lock whose waiters hold their workers",
    alt: `Median and 90th percentile of the rounds of tasks that take no lock, in milliseconds, beside no lock, a lock whose waiting tasks leave their workers, and a lock whose waiters hold them; one panel for each of ${blockers.join(", ")} blockers.`,
    data: [...markerKeys(quantiles.map(({ name: label, open }) => ({ label, open }))), ...marks],
    layout: { ...layout, height: 370, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 60 } },
  };
}

const SYMBOLS = ["circle", "square", "diamond"] as const;

const quantities = [
  { text: "hold", columns: intervalNames("holdP50", "Ms") },
  { text: "hand-over", columns: intervalNames("handOverP50", "Ms") },
  { text: "wait for the lock", columns: intervalNames("lockWaitP50", "Ms") },
] as const;

/**
 * Draws the medians of hold, hand-over and lock wait of the fair lock on the run queue against blockers, one panel each
 * and one line a number of tasks.
 *
 * @param waits what `lockWaits` gives
 * @param workers the worker count that was measured
 */
export function mutexConvoyWaits(waits: readonly LockWaits[], workers: number): Figure {
  const rows = rowsOf(waits, { executor: "run-queue", section: "yields", lock: "fair" }).filter(
    ({ tasks }) => tasks >= 100,
  );
  const sizes = levelsOf(rows, "tasks");
  const { layout, axes } = panels(
    quantities.map(({ text }) => ({ text, color: palette.ink })),
    {
      columns: 3,
      x: axis("Blockers", null, { range: [-0.4, workers + 0.4], dtick: 1 }),
      y: logAxis("Median", "ms", {
        range: logRange(
          rows,
          quantities.flatMap(({ columns }) => columns),
        ),
      }),
    },
  );
  const data = quantities.flatMap(({ text, columns }, i) =>
    sizes.map((tasks, size) =>
      intervalSeries({
        name: `${text}, ${tasks} tasks`,
        rows: rowsOf(rows, { tasks }),
        x: ({ blockers }) => blockers,
        y: columns,
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

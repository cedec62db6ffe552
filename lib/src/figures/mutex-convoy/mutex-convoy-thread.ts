import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { keysOnTop, markerKeys } from "../marker-keys.ts";
import { measuredMarks } from "../model-line.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, positive, type Row, rowsOf } from "../rows.ts";
import { axis } from "../theme.ts";

const INK = "#1f2328";

const locks = [
  { lock: "none", label: "no lock", color: "#0072B2" },
  { lock: "fair", label: "task<br>waits", color: "#009E73" },
  { lock: "thread", label: "worker<br>waits", color: "#D55E00" },
] as const;

const quantiles = [
  { name: "median", column: "p50", open: false },
  { name: "p90", column: "p90", open: true },
] as const;

const bounds = ["p50Ms", "p50HighMs", "p90Ms", "p90HighMs"];

/**
 * Draws how long rounds of tasks took that never touch the lock, beside a critical section of one poll: without a lock,
 * with one whose waiters leave their worker, and with one whose waiters hold it. One panel a number of blockers.
 *
 * @param latencies what `convoyLatencies` gives
 */
export function mutexConvoyThread(latencies: ColumnTable): Figure {
  const rows = rowsOf(latencies, { executor: "run-queue", section: "poll", role: "bystander" });
  const blockers = levelsOf<number>(rows, "blockers");
  const at = (row: Row) => locks.findIndex(({ lock }) => lock === row["lock"]);
  const most = Math.max(1, ...rows.flatMap((row) => bounds.map((name) => positive(row[name]) ?? 0)));
  const { layout, axes } = panels(
    blockers.map((count) => ({ text: count === 0 ? "no blockers" : `${count} blockers`, color: INK })),
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
    quantiles.flatMap(({ name, column, open }) =>
      locks.map(({ lock, color }) =>
        measuredMarks({
          name,
          rows: rows.filter((row) => row["blockers"] === count && row["lock"] === lock),
          x: at,
          y: [`${column}Ms`, `${column}LowMs`, `${column}HighMs`],
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

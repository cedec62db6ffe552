import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { lineKey } from "../../drawing/model-line.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { axis, logAxis, seriesStyle } from "../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { CoreDelay } from "./analysis.ts";

const lines = [
  { hold: "computing", name: "blockers compute", dash: "solid", open: false },
  { hold: "parked", name: "blockers park", dash: "dot", open: true },
] as const;

const INK = "#1f2328";

/**
 * Draws p99 of the probes' overhead against blockers that compute and that park, one panel an executor; one worker is
 * always free.
 *
 * @param delays what `coreDelays` gives
 * @param cores cores of the host
 */
export function beyondCoresDelays(delays: readonly CoreDelay[], cores: number): Figure {
  const executors = levelsOf(delays, "executor");
  const columns = ["p99Ms", "p99LowMs", "p99HighMs"] as const;
  const { layout, axes } = panels(
    executors.map((executor) => ({ text: executor, color: seriesStyle(executor).color })),
    {
      columns: 3,
      x: axis("Blockers", null, { range: [-0.4, 3 * cores + 0.4] }),
      y: logAxis("Overhead p99", "ms", { range: logRange(delays, columns) }),
    },
  );
  const data = executors.flatMap((executor, i) =>
    lines.map(({ hold, name, dash, open }) =>
      intervalSeries({
        name,
        rows: rowsOf(delays, { executor, hold }),
        x: ({ blockers }) => blockers,
        y: columns,
        log: true,
        style: { ...seriesStyle(executor), dash },
        open,
        axes: axes[i] as PanelAxes,
        unit: "ms",
      }),
    ),
  );
  return {
    id: "beyond-cores-delays",
    title: "Blockers that compute, beyond the cores",
    alt: `99th percentile of the overhead in milliseconds, logarithmic, against blockers on a host of ${cores} cores with one worker always free, one panel for each of ${executors.join(", ")}: blockers that compute and blockers that park, with 95 % intervals over runs.`,
    data: [...lines.map(({ name, dash }) => lineKey(name, dash, INK)), ...data],
    layout: { ...layout, height: 360, legend: keysOnTop, margin: { l: 64, r: 16, t: 64, b: 52 } },
  };
}

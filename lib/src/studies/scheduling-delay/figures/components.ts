import type { Annotation, Data, Shape } from "plotly.js";
import { type DirectLabel, directLabels } from "../../../drawing/direct-labels.ts";
import type { Figure } from "../../../drawing/figure.ts";
import { intervalSeries } from "../../../drawing/interval-series.ts";
import { logRange } from "../../../drawing/log-range.ts";
import { type PanelAxes, panels } from "../../../drawing/panels.ts";
import { positive } from "../../../drawing/positive.ts";
import { saturationLine } from "../../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";
import type { DelayComponents } from "../analysis.ts";

const parts = [
  {
    columns: ["dispatchP99Ms", "dispatchP99LowMs", "dispatchP99HighMs"],
    text: "timer and<br>dispatcher",
    open: true,
    dash: "dot",
  },
  {
    columns: ["queueP99Ms", "queueP99LowMs", "queueP99HighMs"],
    text: "queue",
    open: false,
    dash: "solid",
  },
] as const;

const bounds = parts.flatMap(({ columns }) => columns);

/**
 * Draws the two parts of the overhead against blockers: before the wake-up was handed to the workers, and after.
 *
 * @param components what `delayComponents` gives
 * @param workers how many workers the executors had
 */
export function schedulingDelayComponents(components: readonly DelayComponents[], workers: number): Figure {
  const executors = levelsOf(components, "executor");
  const most = Math.max(...levelsOf(components, "blockers"));
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: 2,
      x: axis("Blockers", null, {
        range: [-0.4, most + 2.2],
        tickvals: Array.from({ length: most + 1 }, (_, i) => i),
      }),
      y: logAxis("p99 of each part", "ms", { range: logRange(components, bounds) }),
    },
  );
  const data: Data[] = [];
  const shapes: Partial<Shape>[] = [];
  const annotations: Partial<Annotation>[] = [...(layout.annotations ?? [])];
  for (const [i, executor] of executors.entries()) {
    const panel = axes[i] as PanelAxes;
    const rows = rowsOf(components, { executor });
    const style = seriesStyle(executor);
    shapes.push(saturationLine(workers, panel));
    data.push(
      ...parts.map(({ columns, text, open, dash }) =>
        intervalSeries({
          name: text.replace("<br>", " "),
          rows,
          x: ({ blockers }) => blockers,
          y: columns,
          log: true,
          style: { ...style, dash },
          open,
          axes: panel,
          unit: "ms",
        }),
      ),
    );
    const last = rows.at(-1);
    const labels = parts.flatMap(({ columns: [column], text }): DirectLabel[] => {
      const y = positive(last?.[column]);
      return last === undefined || y === null ? [] : [{ text, color: style.color, x: last.blockers, y }];
    });
    annotations.push(...directLabels(labels, { log: true, gap: 0.4, axes: panel }));
  }
  return {
    id: "scheduling-delay-components",
    title: "Where the delay arises",
    alt: `99th percentile in milliseconds, on a logarithmic axis, of the two parts of the overhead against the number of blockers, for ${executors.join(" and ")}: what timer and dispatcher took before the wake-up was handed to the workers, and what it waited in the queue after.`,
    data,
    layout: { ...layout, height: 360, annotations, shapes },
  };
}

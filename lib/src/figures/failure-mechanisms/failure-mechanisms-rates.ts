import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { keysOnTop, markerKeys } from "../marker-keys.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { saturationLabel, saturationLine } from "../saturation-mark.ts";
import { axis, seriesStyle } from "../theme.ts";

const lines = [
  { placement: "shared", label: "blockers on the same pool", open: false, dash: "solid" },
  { placement: "isolated", label: "blockers on a pool of their own", open: true, dash: "dot" },
] as const;

/**
 * Draws the failure rate against blockers, one panel a mechanism: blockers on the pool of the operations, and the same
 * blockers on an isolated one.
 *
 * @param failures what `mechanismFailures` gives
 */
export function failureMechanismsRates(failures: ColumnTable, workers: number): Figure {
  const mechanisms = levelsOf<string>(rowsOf(failures), "mechanism");
  const style = seriesStyle("piscina");
  const { layout, axes } = panels(
    mechanisms.map((text) => ({ text, color: style.color })),
    {
      columns: 2,
      x: axis("Blockers", null, { range: [-0.4, workers + 2.4], dtick: 1, tick0: 0 }),
      y: axis("Failed operations", "%", { range: [-4, 104], dtick: 25 }),
    },
  );
  const series = mechanisms.flatMap((mechanism, i) =>
    lines.map(({ placement, label, open, dash }) =>
      intervalSeries({
        name: label,
        rows: [
          ...rowsOf(failures, { mechanism, placement: "none" }),
          ...rowsOf(failures, { mechanism, placement }),
        ],
        x: (row: Row) => row["blockers"] as number,
        y: ["failureShare", "failureLowShare", "failureHighShare"],
        scale: 100,
        style: { ...style, dash },
        open,
        axes: axes[i] as PanelAxes,
        unit: "%",
      }),
    ),
  );
  // In the second panel the curve leaves room for it.
  const [first, labelled = first] = axes;
  const label = labelled ? [saturationLabel(workers, labelled)] : [];
  return {
    id: "failure-mechanisms-rates",
    title: "Four mechanisms, one cliff",
    alt: `Share of failed operations in percent against the number of blockers, one panel for each of ${mechanisms.join(", ")}: blockers on the pool of the operations and the same blockers on a pool of their own, with 95 % intervals over runs; a line marks ${workers} blockers, where all workers are blocked.`,
    data: [...markerKeys(lines), ...series],
    layout: {
      ...layout,
      annotations: [...(layout.annotations ?? []), ...label],
      shapes: axes.map((panel) => saturationLine(workers, panel)),
      height: 520,
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}

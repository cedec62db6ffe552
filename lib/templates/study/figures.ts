import type { Figure } from "../../src/drawing/figure.ts";
import { intervalSeries } from "../../src/drawing/interval-series.ts";
import { axis, logAxis, seriesStyle } from "../../src/drawing/theme.ts";
import { levelsOf } from "../../src/summary/rows.ts";
import type { Wait } from "./analysis.ts";

/**
 * Draws the p95 of the delay by how many workers were held.
 *
 * @param waits what `templateStudyWaits` gives
 */
export function templateStudyFigure(waits: readonly Wait[]): Figure {
  const held = levelsOf(waits, "held");
  const ticks = { tickvals: held.map((_, i) => i), ticktext: [...held] };
  return {
    id: "template-study-waits",
    title: "How long a task waits",
    alt: `95th percentile of the delay in milliseconds, on a logarithmic axis, with 95 % intervals over runs, where other tasks hold ${held.join(", ")} of the workers.`,
    data: [
      intervalSeries({
        name: "delay",
        rows: waits,
        x: (wait) => held.indexOf(wait.held),
        y: ["p95Ms", "p95LowMs", "p95HighMs"],
        log: true,
        style: seriesStyle("piscina"),
        unit: "ms",
      }),
    ],
    layout: { xaxis: axis("Workers held", null, ticks), yaxis: logAxis("Delay, p95", "ms") },
  };
}

import type { Data } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { palette } from "../../drawing/palette.ts";
import { axis } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";
import { levelsOf } from "../../summary/rows.ts";
import type { InstrumentVerdict } from "./analysis.ts";

const marks = [
  { name: "watch", label: "watch, which says who", color: palette.blue, open: false, size: 9 },
  { name: "poolWaits", label: "Piscina's waits", color: palette.green, open: true, size: 13 },
  { name: "loopDelay", label: "main thread's loop delay", color: palette.vermilion, open: true, size: 9 },
] as const;

/**
 * Draws which share of stalls each instrument sees, by source, one line a source: the watch, Piscina's histogram of waits and
 * the main thread's event-loop delay.
 *
 * @param verdicts what `instrumentVerdicts` gives
 */
export function watchInstruments(verdicts: readonly InstrumentVerdict[]): Figure {
  const sources = levelsOf(verdicts, "source");
  const data = marks.map(({ name, label, color, open, size }): Data => {
    const value = (row: InstrumentVerdict, bound: Bound) => {
      const share = row[`${name}${bound}Share`];
      return share === null ? null : share * 100;
    };
    return {
      type: "scatter",
      mode: "markers",
      name: label,
      x: verdicts.map((row) => value(row, "")),
      y: verdicts.map(({ source }) => -sources.indexOf(source)),
      marker: { size, color: open ? palette.paper : color, line: { color, width: 2 } },
      error_x: whiskers(verdicts, value, color),
      hovertemplate: `${label}: %{x:.3~g} %<extra></extra>`,
      showlegend: true,
    } as Data;
  });
  return {
    id: "watch-instruments",
    title: "Who sees a stall",
    alt: `Share of stalls in percent that the watch lays on the culprit, that Piscina's histogram of waits shows and that the main thread's event-loop delay shows, by what makes the stall (${sources.join(", ")}), with 95 % intervals over runs.`,
    data,
    layout: {
      height: 360,
      xaxis: axis("Stalls", "%", { range: [-6, 106], dtick: 25 }),
      yaxis: {
        range: [0.6 - sources.length, 0.6],
        tickvals: sources.map((_, i) => -i),
        ticktext: sources.map((source) => source.replaceAll("-", " ")),
      },
      legend: keysOnTop,
      margin: { l: 120, r: 16, t: 64, b: 52 },
    },
  };
}

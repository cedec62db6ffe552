import type { ColumnTable } from "arquero";
import type { Data } from "plotly.js";
import type { Figure } from "../figure.ts";
import { floorKey, floorLines } from "../floor-mark.ts";
import { logRange } from "../log-range.ts";
import { keysOnTop, markerKeys } from "../marker-keys.ts";
import { rowsOf } from "../rows.ts";
import { logAxis } from "../theme.ts";
import { classStyle, holdClasses, sortedSources, sourceAxis, sourceMarks } from "./source-rows.ts";

const BAR = "#c9d1d9";

/**
 * Draws what each source does to the tasks beside it: a bar from its shortest to its longest hold, and p75 of the probes'
 * overhead while one worker was free (open) and while none was (filled), coloured by the class that was expected of the hold.
 *
 * @param holds what `sourceHolds` gives
 * @param probes what `sourceProbes` gives
 * @param floorMs p75 of bare timers; null where the controls were not measured
 */
export function blockingSourcesFelt(holds: ColumnTable, probes: ColumnTable, floorMs: number | null): Figure {
  const sources = sortedSources(holds);
  const felt = rowsOf(probes);
  const bars = sources.map(
    ({ source, shortestMs, longestMs }): Data =>
      ({
        type: "scatter",
        mode: "lines",
        x: [shortestMs, longestMs],
        y: [source, source],
        line: { color: BAR, width: 9 },
        hoverinfo: "skip",
        showlegend: false,
      }) as Data,
  );
  const marks = holdClasses.flatMap((expected) => {
    const names = new Set(sources.filter((row) => row["expected"] === expected).map(({ source }) => source));
    const rows = felt.filter(({ source }) => names.has(source as string));
    const { color, symbol } = classStyle[expected];
    return [
      { name: "one worker free", column: "belowP75", open: true },
      { name: "none free", column: "fullP75", open: false },
    ].map(({ name, column, open }) =>
      sourceMarks({
        name,
        rows,
        x: [`${column}Ms`, `${column}LowMs`, `${column}HighMs`],
        color,
        symbol,
        open,
        unit: "ms",
      }),
    );
  });
  const all = [...sources, ...felt, { floorMs }];
  const columns = [
    "shortestMs",
    "longestMs",
    "belowP75Ms",
    "belowP75LowMs",
    "fullP75Ms",
    "fullP75HighMs",
    "floorMs",
  ];
  return {
    id: "blocking-sources-felt",
    title: "What others feel of each source",
    alt: `For each source of blocking (${sources.map(({ source }) => source as string).join(", ")}), on a logarithmic axis in milliseconds: how long it holds its worker, from the shortest to the longest call, and the 75th percentile of the delay of probes on the same pool while one worker was free and while none was, with 95 % intervals over runs. Blue circles: the held thread is parked; orange squares: it computes.`,
    data: [
      ...markerKeys([
        { label: "probes, one worker free", open: true },
        { label: "probes, none free", open: false },
      ]),
      {
        type: "scatter",
        mode: "lines",
        name: "hold, shortest to longest",
        x: [null],
        y: [null],
        line: { color: BAR, width: 9 },
        showlegend: true,
      },
      ...floorKey(floorMs, "p75"),
      ...bars,
      ...marks,
    ],
    layout: {
      height: 26 * sources.length + 120,
      margin: { l: 160, r: 16, t: 40, b: 52 },
      xaxis: logAxis("Time", "ms", { range: logRange(all, columns) }),
      yaxis: sourceAxis(sources),
      legend: keysOnTop,
      shapes: floorLines(floorMs, "x"),
    },
  };
}

import type { Data, LayoutAxis } from "plotly.js";
import { namesOf } from "../../design/names-of.ts";
import type { Figure } from "../../drawing/figure.ts";
import { floorKey, floorLines } from "../../drawing/floor-mark.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../drawing/marker-keys.ts";
import { palette } from "../../drawing/palette.ts";
import { axis, logAxis } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";
import { rowsOf } from "../../summary/rows.ts";
import type { SourceHold, SourceProbe } from "./analysis.ts";
import type { HoldClass } from "./blocking-source.ts";

/** Colour and symbol of the two classes of holds. */
const classStyle = {
  parked: { color: palette.blue, symbol: "circle" },
  computing: { color: palette.vermilion, symbol: "square" },
} as const satisfies Record<HoldClass, unknown>;

const holdClasses = namesOf(classStyle);

/** Sorts the sources for a figure: by the class that was expected, then from short to long holds; the first is drawn on top. */
function sortedSources(holds: readonly SourceHold[]): SourceHold[] {
  return holds.toSorted(
    (a, b) =>
      Number(a.expected === "computing") - Number(b.expected === "computing") ||
      Number(a.holdMs) - Number(b.holdMs),
  );
}

/** An axis with one line of text a source. */
function sourceAxis(sources: readonly SourceHold[]): Partial<LayoutAxis> {
  return {
    type: "category",
    categoryorder: "array",
    categoryarray: sources.map(({ source }) => source).reverse(),
    range: [-0.7, sources.length - 0.3],
  };
}

interface SourceMarks<R extends { readonly source: string }> {
  readonly name: string;
  readonly rows: readonly R[];
  /** Columns of the estimate and of its interval. */
  readonly x: readonly [estimate: keyof R, low: keyof R, high: keyof R];
  readonly scale?: number;
  readonly color: string;
  readonly symbol: string;
  readonly open?: boolean;
  readonly unit: string;
}

/** Draws one mark a source, with its interval as whiskers along the row. */
function sourceMarks<R extends { readonly source: string }>({
  name,
  rows,
  x,
  scale = 1,
  color,
  symbol,
  open = false,
  unit,
}: SourceMarks<R>): Data {
  const columns = { "": x[0], Low: x[1], High: x[2] };
  const value = (row: R, bound: Bound) => {
    const found = row[columns[bound]];
    return typeof found === "number" ? found * scale : null;
  };
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: rows.map((row) => value(row, "")),
    y: rows.map(({ source }) => source),
    marker: {
      color: open ? palette.paper : color,
      symbol,
      size: open ? 7 : 9,
      line: { color, width: 1.5 },
    },
    error_x: whiskers(rows, value, color),
    hovertemplate: `%{y}, ${name}: %{x:.3~r} ${unit}<extra></extra>`,
    showlegend: false,
  } as Data;
}

/**
 * Draws the CPU time of the thread during the calls of each source, as a share of the time it was held, coloured by what
 * was expected; a line marks where parked ends and computing begins.
 *
 * @param holds what `sourceHolds` gives
 */
export function blockingSourcesCpu(holds: readonly SourceHold[]): Figure {
  const sources = sortedSources(holds);
  const names = { parked: "expected to park", computing: "expected to compute" } as const;
  return {
    id: "blocking-sources-cpu",
    title: "Parked or computing",
    alt: `CPU time of the worker's thread as a share in percent of the time it was held, for each source of blocking (${sources.map(({ source }) => source).join(", ")}), with 95 % intervals over runs. Blue circles: sources expected to park; orange squares: sources expected to compute. A dotted line at one half separates the classes.`,
    data: holdClasses.map((expected) => ({
      ...sourceMarks({
        name: names[expected],
        rows: rowsOf(sources, { expected }),
        x: ["cpuShare", "cpuLowShare", "cpuHighShare"],
        scale: 100,
        ...classStyle[expected],
        unit: "%",
      }),
      showlegend: true,
    })),
    layout: {
      height: 24 * sources.length + 110,
      margin: { l: 160, r: 16, t: 34, b: 52 },
      xaxis: axis("CPU time of the thread, share of the hold", "%", { range: [-4, 110], dtick: 25 }),
      yaxis: sourceAxis(sources),
      shapes: [
        {
          type: "line",
          layer: "below",
          x0: 50,
          x1: 50,
          y0: 0,
          y1: 1,
          yref: "paper",
          line: { color: palette.faint, width: 1, dash: "dot" },
        },
      ],
    },
  };
}

const felt = [
  { name: "one worker free", column: "belowP75", open: true },
  { name: "none free", column: "fullP75", open: false },
] as const;

/**
 * Draws what each source does to the tasks beside it: a bar from its shortest to its longest hold, and p75 of the probes'
 * overhead while one worker was free (open) and while none was (filled), coloured by the class that was expected of the hold.
 *
 * @param holds what `sourceHolds` gives
 * @param probes what `sourceProbes` gives
 * @param floorMs p75 of bare timers; null where the controls were not measured
 */
export function blockingSourcesFelt(
  holds: readonly SourceHold[],
  probes: readonly SourceProbe[],
  floorMs: number | null,
): Figure {
  const sources = sortedSources(holds);
  const bars = sources.map(
    ({ source, shortestMs, longestMs }): Data =>
      ({
        type: "scatter",
        mode: "lines",
        x: [shortestMs, longestMs],
        y: [source, source],
        line: { color: palette.rule, width: 9 },
        hoverinfo: "skip",
        showlegend: false,
      }) as Data,
  );
  const marks = holdClasses.flatMap((expected) => {
    const names = new Set(rowsOf(sources, { expected }).map(({ source }) => source));
    const rows = probes.filter(({ source }) => names.has(source));
    const { color, symbol } = classStyle[expected];
    return felt.map(({ name, column, open }) =>
      sourceMarks({
        name,
        rows,
        x: [`${column}Ms`, `${column}LowMs`, `${column}HighMs`] as const,
        color,
        symbol,
        open,
        unit: "ms",
      }),
    );
  });
  const columns = ["belowP75Ms", "belowP75LowMs", "fullP75Ms", "fullP75HighMs"] as const;
  const heldMs = sources.flatMap(({ shortestMs, longestMs }) => [shortestMs, longestMs]);
  return {
    id: "blocking-sources-felt",
    title: "What others feel of each source",
    alt: `For each source of blocking (${sources.map(({ source }) => source).join(", ")}), on a logarithmic axis in milliseconds: how long it holds its worker, from the shortest to the longest call, and the 75th percentile of the delay of probes on the same pool while one worker was free and while none was, with 95 % intervals over runs. Blue circles: the held thread is parked; orange squares: it computes.`,
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
        line: { color: palette.rule, width: 9 },
        showlegend: true,
      },
      ...floorKey(floorMs, "p75"),
      ...bars,
      ...marks,
    ],
    layout: {
      height: 26 * sources.length + 120,
      margin: { l: 160, r: 16, t: 40, b: 52 },
      xaxis: logAxis("Time", "ms", { range: logRange(probes, columns, floorMs, ...heldMs) }),
      yaxis: sourceAxis(sources),
      legend: keysOnTop,
      shapes: floorLines(floorMs, "x"),
    },
  };
}

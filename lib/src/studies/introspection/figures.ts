import type { Annotation, Data } from "plotly.js";
import { namesOf } from "../../design/names-of.ts";
import { type DirectLabel, directLabels } from "../../drawing/direct-labels.ts";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { logRange } from "../../drawing/log-range.ts";
import { palette } from "../../drawing/palette.ts";
import { positive } from "../../drawing/positive.ts";
import type { PublishedRow } from "../../drawing/published-rows.ts";
import { saturationLabel, saturationLine } from "../../drawing/saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { InstrumentVerdict } from "./analysis/instrument-verdicts.ts";
import { publishedRatios } from "./analysis/published-ratios.ts";
import type { TaskTimes } from "./analysis/task-times.ts";

type Ratio = ReturnType<typeof publishedRatios>[number];

const columns = ["schedToBusy", "schedToBusyLow", "schedToBusyHigh"] as const;
const tokio = "tokio (published)";
/** Decades above the highest value, for the name of the mark. */
const roomForLabel = 0.4;
const plain = { xaxis: "x", yaxis: "y" };

/**
 * Draws scheduled over busy time of the probes against blockers, one line an executor, beside the tasks published for
 * Tokio (the middle of them, with the least and the greatest as its bounds).
 *
 * @param tasks what `taskTimes` gives
 * @param published what `publishedTokio("introspection")` gives
 * @param workers how many workers the executors had
 */
export function introspectionRatio(
  tasks: readonly TaskTimes[],
  published: readonly PublishedRow[],
  workers: number,
): Figure {
  const own = rowsOf(tasks, { tasks: "probes" });
  const executors = levelsOf(own, "executor");
  const lines: readonly { readonly name: string; readonly rows: readonly Ratio[] }[] = [
    ...executors.map((executor) => ({ name: executor, rows: rowsOf(own, { executor }) })),
    { name: tokio, rows: publishedRatios(published) },
  ];
  const labels = lines.flatMap(({ name, rows }): DirectLabel[] => {
    const last = rows.at(-1);
    const y = positive(last?.schedToBusy);
    return last === undefined || y === null
      ? []
      : [{ text: name, color: seriesStyle(name).color, x: last.blockers, y }];
  });
  const all = lines.flatMap(({ rows }) => rows);
  const [least, greatest] = logRange(all, columns);
  return {
    id: "introspection-ratio",
    title: "Scheduled over busy time",
    alt: `Scheduled time over busy time of the probes, on a logarithmic axis, against the number of blockers at ${workers} workers, for ${executors.join(", ")}, and as published for Tokio. A dotted line marks as many blockers as workers.`,
    data: lines.map(({ name, rows }) =>
      intervalSeries({
        name,
        rows,
        x: (row) => row.blockers,
        y: columns,
        log: true,
        style: seriesStyle(name),
        unit: "",
      }),
    ),
    layout: {
      xaxis: axis("Blockers", null, {
        range: [-0.3, workers + 1.6],
        tickvals: levelsOf(all, "blockers"),
      }),
      yaxis: logAxis("Sched:Busy", null, { range: [least, greatest + roomForLabel] }),
      shapes: [saturationLine(workers, plain)],
      annotations: [saturationLabel(workers, plain), ...directLabels(labels, { log: true, gap: 0.25 })],
    },
  };
}

/** Fill and text of a cell by verdict: the darker, the more it sees. */
const sights = {
  sees: { fill: palette.blue, ink: palette.paper, text: "sees" },
  partly: { fill: palette.pale, ink: palette.ink, text: "unclear" },
  blind: { fill: palette.tint, ink: palette.ink, text: "blind" },
  silent: { fill: palette.paper, ink: palette.muted, text: "silent" },
} as const;

const cellPx = 30;

/**
 * Draws which instrument sees that the last worker is held, on which system: a grid whose cells tell by which factor the
 * reading changes; a frame marks readings that accuse workers nobody held.
 *
 * @param verdicts what `instrumentVerdicts` gives
 */
export function introspectionSight(verdicts: readonly InstrumentVerdict[]): Figure {
  const systems = levelsOf(verdicts, "system");
  const labels = [...new Set(verdicts.map(label))].reverse();
  const data = namesOf(sights).map((sight): Data => {
    const of = verdicts.filter((row) => (row.seesSaturation ?? "silent") === sight);
    const { fill, ink, text } = sights[sight];
    return {
      type: "scatter",
      mode: "markers+text",
      name: text,
      x: of.map(({ system }) => system),
      y: of.map(label),
      text: of.map((row) => (sight === "silent" ? "silent" : times(row.factor))),
      textfont: { size: 13, color: ink },
      marker: {
        symbol: "square",
        size: cellPx - 4,
        color: fill,
        line: { width: 3, color: of.map((row) => (row.accuses === true ? palette.vermilion : fill)) },
      },
      hovertemplate: `%{y}, %{x}: ${text}<extra></extra>`,
      showlegend: false,
      cliponaxis: false,
    } as Data;
  });
  return {
    id: "introspection-sight",
    title: "Which instrument sees a saturated pool",
    alt: `Grid of instruments (${[...labels].reverse().join(", ")}) by systems (${systems.join(", ")}). Each cell tells by which factor the reading changes when the last worker is held, and whether that makes the instrument see saturation, see it partly, be blind to it or stay silent; a frame marks instruments that accuse workers that no blocker held.`,
    data,
    layout: {
      height: labels.length * cellPx + 110,
      margin: { l: 230, r: 16, t: 76, b: 12 },
      xaxis: {
        type: "category",
        side: "top",
        range: [-0.5, systems.length - 0.5],
        categoryorder: "array",
        categoryarray: systems,
        showline: false,
        showgrid: false,
        ticks: "",
      },
      yaxis: {
        type: "category",
        range: [-0.6, labels.length - 0.4],
        categoryorder: "array",
        categoryarray: labels,
        showline: false,
        showgrid: false,
        ticks: "",
      },
      annotations: key(),
    },
  };
}

function label({ source, instrument }: InstrumentVerdict): string {
  return `${source}: ${instrument}`;
}

function times(factor: number | null): string {
  if (factor === null) return "–";
  return `×${factor < 10 ? factor.toFixed(1) : factor.toFixed(0)}`;
}

/** Names the fills and the frame, above the grid. */
function key(): Partial<Annotation>[] {
  const entry = {
    xref: "paper",
    yref: "paper",
    y: 1,
    yanchor: "bottom",
    yshift: 34,
    showarrow: false,
  } as const;
  const { sees, partly, blind } = sights;
  const places = [-0.5, -0.4, -0.26];
  const named = [sees, partly, blind].map(({ fill, ink, text }, i) => ({
    ...entry,
    text: ` ${text} `,
    font: { size: 13, color: ink },
    bgcolor: fill,
    x: places[i] as number,
    xanchor: "left" as const,
  }));
  const framed = {
    ...entry,
    text: " frame: accuses a healthy worker ",
    font: { size: 13, color: palette.ink },
    bordercolor: palette.vermilion,
    borderwidth: 2,
    x: 1,
    xanchor: "right" as const,
  };
  return [...named, framed];
}

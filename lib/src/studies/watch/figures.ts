import type { Data } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { palette } from "../../drawing/palette.ts";
import { axis } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";
import { levelsOf } from "../../summary/rows.ts";
import type { TracedPoll } from "./analysis/foreign-trace.ts";
import type { InstrumentVerdict } from "./analysis/stalls.ts";

const marks = [
  { name: "watch", label: "watch", color: palette.blue, open: false, size: 9 },
  { name: "poolWaits", label: "Piscina's waits", color: palette.green, open: true, size: 13 },
  { name: "blockedAt", label: "blocked-at", color: palette.purple, open: true, size: 17 },
  { name: "loopDelay", label: "main thread's loop delay", color: palette.vermilion, open: true, size: 9 },
] as const;

/**
 * Draws which share of stalls each instrument sees, by source, one line a source: the watch, Piscina's histogram of waits,
 * `blocked-at` and the main thread's event-loop delay.
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
      hovertemplate: `${label}: %{x:.3~r} %<extra></extra>`,
      showlegend: true,
    } as Data;
  });
  return {
    id: "watch-instruments",
    title: "Who sees a stall",
    alt: `Share of stalls in percent that the watch lays on the culprit, that Piscina's histogram of waits, blocked-at and the main thread's event-loop delay show, by what makes the stall (${sources.join(", ")}), with 95 % intervals over runs.`,
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

/** Waits shorter than this are left out of the timeline (s). */
const visibleWaitS = 0.005;
/** Height of all waits together, in lanes. */
const waitHeight = 2;
const taskColors = [
  palette.vermilion,
  palette.blue,
  palette.green,
  palette.purple,
  palette.ochre,
  palette.navy,
];

type Span = readonly [from: number, to: number, lane: number];

/**
 * Draws what a trace holds: workers as lanes with the tasks that held them, and below, one line each, the tasks that waited.
 *
 * @param polls what `tracedPolls` gives
 * @param from first moment to draw (s since the watch began)
 * @param to last moment to draw
 */
export function watchTimeline(polls: readonly TracedPoll[], from: number, to: number): Figure {
  const shown = polls.filter(({ dueS, endedS }) => endedS >= from && dueS <= to);
  const tasks = levelsOf(shown, "task");
  const workers = levelsOf(shown, "worker").sort((a, b) => a - b);
  const waits = shown.filter(({ dueS, startedS }) => startedS - dueS >= visibleWaitS);
  const cut = (s: number) => Math.min(to, Math.max(from, s));
  const lanes = workers.length;
  const data = tasks.flatMap((task, at) => {
    const color = taskColors[at % taskColors.length] ?? palette.muted;
    const held = shown
      .filter((poll) => poll.task === task)
      .map(({ startedS, endedS, worker }): Span => [cut(startedS), cut(endedS), -workers.indexOf(worker)]);
    const waited = waits.flatMap((wait, row): Span[] => {
      const lane = 0.4 - lanes - (waitHeight * row) / waits.length;
      return wait.task === task ? [[cut(wait.dueS), cut(wait.startedS), lane]] : [];
    });
    return [spans(task, held, color, 22), ...(waited.length > 0 ? [spans(task, waited, color, 1.5)] : [])];
  });
  return {
    id: "watch-timeline",
    title: "A trace of somebody else's service",
    alt: `Timeline of a trace: a lane for each of ${lanes} workers with the tasks that held it (${tasks.join(", ")}), and below a line for each of ${waits.length} tasks that waited for a worker.`,
    data,
    layout: {
      height: 360,
      xaxis: axis("Time since the watch began", "s", { range: [from, to] }),
      yaxis: {
        range: [-lanes - waitHeight, 0.6],
        tickvals: [...workers.map((_, lane) => -lane), 0.4 - lanes - waitHeight / 2],
        ticktext: [...workers.map((worker) => `worker ${worker}`), "waiting"],
      },
      legend: keysOnTop,
      margin: { l: 90, r: 16, t: 64, b: 52 },
    },
  };
}

function spans(task: string, drawn: readonly Span[], color: string, width: number): Data {
  return {
    type: "scatter",
    mode: "lines",
    name: task,
    legendgroup: task,
    showlegend: width > 2,
    x: drawn.flatMap(([from, to]) => [from, to, null]),
    y: drawn.flatMap(([, , lane]) => [lane, lane, null]),
    line: { color, width },
    hovertemplate: `${task}: %{x:.3f} s<extra></extra>`,
  } as Data;
}

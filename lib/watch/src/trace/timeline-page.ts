import { incidentLine } from "../incident/incident-line.ts";
import { printable } from "../printable.ts";
import type { Trace } from "./read-trace.ts";
import type { TraceRow } from "./trace-schema.ts";
import type { TraceSummary } from "./trace-summary.ts";

const width = 1600;
const laneHeight = 18;
const labelWidth = 120;
/** Shapes of one pool; the longest holds and waits are drawn, and how many are not is said. */
const shapesAtMost = 4000;

interface Span {
  readonly fromNs: number;
  readonly toNs: number;
}

/**
 * Draws a trace as one page without any network: a lane a worker with its holds, the waits below, and the incidents shaded
 * behind both. A policy in the page forbids whatever the names of tasks might try.
 */
export function timelinePage(trace: Trace, summary: TraceSummary): string {
  const { facts, rows } = trace;
  const span = spanOf(rows, facts.writtenNs);
  const pools = facts.pools.map(({ pool }) => poolFigure(trace, pool, span));
  const incidents = summary.incidents.map((incident) => `<li>${escaped(incidentLine(incident))}</li>`);
  const gaps = summary.gaps.map((gap) => `<li>${escaped(gap)}</li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Trace of process ${facts.pid}</title>
<style>
:root { color-scheme: light dark; font: 14px system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 110rem; padding: 0 1rem; }
figure { margin: 1.5rem 0; overflow-x: auto; }
svg { min-width: 60rem; width: 100%; height: auto; }
text { fill: currentColor; font-size: 11px; }
.starved { fill: #d33; opacity: .18; }
.wait { stroke: #c80; stroke-width: 2; }
.hold { stroke: Canvas; stroke-width: .5; }
</style></head><body>
<h1>Who held the workers</h1>
<p>${escaped(facts.command)}, process ${facts.pid}, Node.js ${escaped(facts.node)}, from ${escaped(facts.began)}:
${seconds(span.fromNs)} to ${seconds(span.toNs)}.</p>
<h2>Incidents</h2>
${incidents.length === 0 ? "<p>No incident was seen.</p>" : `<ol>${incidents.join("")}</ol>`}
${gaps.length === 0 ? "" : `<h2>Not seen, or not explained</h2><ul>${gaps.join("")}</ul>`}
${pools.join("\n")}
</body></html>
`;
}

function poolFigure({ rows: all, incidents }: Trace, pool: string, span: Span): string {
  const rows = all.filter((row) => row.pool === pool);
  const workers = rows.reduce((most, { worker }) => Math.max(most, worker + 1), 0);
  const holds = rows.filter(({ startedNs }) => startedNs !== null);
  const waits = rows.filter((row) => waitOf(row, span).toNs - row.dueNs >= 1e6);
  const drawnHolds = longest(holds, (row) => holdOf(row, span));
  const drawnWaits = longest(waits, (row) => waitOf(row, span)).sort((a, b) => a.dueNs - b.dueNs);
  const waitLanes = packed(drawnWaits, span);
  const lanes = waitLanes.reduce((most, lane) => Math.max(most, lane + 1), 1);
  const waitTop = (workers + 1) * laneHeight;
  const height = waitTop + laneHeight + Math.min(lanes, 60) * 4 + 24;
  const x = (ns: number) =>
    labelWidth + ((ns - span.fromNs) / Math.max(1, span.toNs - span.fromNs)) * (width - labelWidth - 10);
  const shades = incidents
    .filter((incident) => incident.pool === pool && incident.endedNs !== null)
    .map(({ beganNs, endedNs }) => rect("starved", x(beganNs), 0, x(endedNs as number), height - 20));
  const bars = drawnHolds.map((row) => {
    const { fromNs, toNs } = holdOf(row, span);
    const y = row.worker * laneHeight + 2;
    const title = `<title>${escaped(row.task)}: ${milliseconds(toNs - fromNs)}</title>`;
    const box = rect("hold", x(fromNs), y, x(toNs), y + laneHeight - 4, colour(row.task), title);
    const room = (x(toNs) - x(fromNs)) / 6.5;
    return room < 3
      ? box
      : `${box}<text x="${(x(fromNs) + 3).toFixed(1)}" y="${y + 11}">${escaped(row.task.slice(0, room))}</text>`;
  });
  const lines = drawnWaits.map((row, at) => {
    const y = waitTop + laneHeight + ((waitLanes[at] as number) % 60) * 4;
    const { toNs } = waitOf(row, span);
    const title = `<title>${escaped(row.task)} waited ${milliseconds(toNs - row.dueNs)}</title>`;
    return `<line class="wait" x1="${x(row.dueNs).toFixed(1)}" x2="${x(toNs).toFixed(1)}" y1="${y}" y2="${y}">${title}</line>`;
  });
  const labels = Array.from({ length: workers }, (_, worker) =>
    label(`worker ${worker}`, worker * laneHeight + 13),
  );
  const left = holds.length - drawnHolds.length + (waits.length - drawnWaits.length);
  return `<h2>Pool ${escaped(pool)}</h2>
<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Holds of ${workers} workers and ${waits.length} waits">
${shades.join("")}${labels.join("")}${label("waits", waitTop + laneHeight + 4)}${bars.join("")}${lines.join("")}
<text x="${labelWidth}" y="${height - 6}">${seconds(span.fromNs)}</text>
<text x="${width - 10}" y="${height - 6}" text-anchor="end">${seconds(span.toNs)}</text>
</svg><figcaption>Bars: who held a worker. Lines: waits of 1 ms and more. Shaded: incidents.${
    left > 0 ? ` The ${left} shortest holds and waits are not drawn.` : ""
  }</figcaption></figure>`;
}

function spanOf(rows: readonly TraceRow[], writtenNs: number): Span {
  const fromNs = rows.reduce((first, { dueNs }) => Math.min(first, dueNs), writtenNs);
  const lastNs = rows.reduce((last, { endedNs, dueNs }) => Math.max(last, endedNs ?? dueNs), fromNs);
  return { fromNs, toNs: rows.some(({ tag }) => tag === 2) ? Math.max(lastNs, writtenNs) : lastNs };
}

function holdOf({ startedNs, endedNs }: TraceRow, span: Span): Span {
  return { fromNs: startedNs as number, toNs: endedNs ?? span.toNs };
}

function waitOf({ dueNs, startedNs, settledNs }: TraceRow, span: Span): Span {
  return { fromNs: dueNs, toNs: startedNs ?? settledNs ?? span.toNs };
}

function longest(rows: readonly TraceRow[], of: (row: TraceRow) => Span): TraceRow[] {
  const length = (row: TraceRow) => of(row).toNs - of(row).fromNs;
  return rows.length <= shapesAtMost
    ? [...rows]
    : [...rows].sort((a, b) => length(b) - length(a)).slice(0, shapesAtMost);
}

/** Gives each wait the first lane that is free when it begins. */
function packed(waits: readonly TraceRow[], span: Span): number[] {
  const freeNs: number[] = [];
  return waits.map((row) => {
    const found = freeNs.findIndex((ns) => ns <= row.dueNs);
    const lane = found < 0 ? freeNs.length : found;
    freeNs[lane] = waitOf(row, span).toNs;
    return lane;
  });
}

function rect(kind: string, x1: number, y1: number, x2: number, y2: number, fill = "", title = ""): string {
  const paint = fill === "" ? "" : ` fill="${fill}"`;
  const size = `width="${Math.max(0.5, x2 - x1).toFixed(1)}" height="${y2 - y1}"`;
  return `<rect class="${kind}" x="${x1.toFixed(1)}" y="${y1}" ${size}${paint}>${title}</rect>`;
}

function label(text: string, y: number): string {
  return `<text x="${labelWidth - 8}" y="${y}" text-anchor="end">${text}</text>`;
}

/** One colour a name, the same on every page. */
function colour(task: string): string {
  let hash = 0;
  for (const character of task) hash = (hash * 31 + (character.codePointAt(0) as number)) % 360;
  return `hsl(${hash} 55% 60%)`;
}

function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function seconds(ns: number): string {
  return `${(ns / 1e9).toFixed(2)} s`;
}

function milliseconds(ns: number): string {
  return `${(ns / 1e6).toFixed(1)} ms`;
}

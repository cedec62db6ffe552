import { escapeHtml } from "../article/html/escape-html.ts";
import { mostBlockers } from "./address.ts";
import { chartHeight, chartWidth, delayChart, xOf, yOf } from "./delay-chart.ts";
import { playRun } from "./played-run.ts";
import { PoolReader, poolHeight, poolWidth } from "./pool-frame.ts";
import { poolPicture } from "./pool-picture.ts";
import { describePool } from "./pool-story.ts";
import { predictedDelays } from "./predicted-delays.ts";
import type { PoolData } from "./question.ts";
import { readingsOf } from "./readings.ts";

/** The moment that the still shows: every worker is held, and most tasks wait (ms). */
const stillMs = 42;
const still = { blockers: 4, executor: "run-queue", seed: 1 } as const;

/** What stands in the page before a script runs, where none may, and in print. */
export interface CliffStill {
  /** Two pictures that need no script, the inside of an SVG each. */
  readonly pool: string;
  readonly chart: string;
  readonly alt: { readonly pool: string; readonly chart: string };
  readonly readings: ReturnType<typeof readingsOf>["texts"];
}

/** Draws the still from a run of the simulator and the measured points. */
export function cliffStill({ workers, measured }: PoolData): CliffStill {
  const run = playRun({ discipline: "shared queue", workers, blockers: still.blockers, seed: still.seed });
  const reader = new PoolReader(run);
  const frame = reader.at(stillMs);
  const predicted = predictedDelays("shared queue", workers, mostBlockers);
  const x = xOf(still.blockers);
  const readings = readingsOf(frame, reader.overheadsUntil(run.endMs));
  const live = [
    `<rect class="band" x="${x - 17}" y="24" width="34" height="198"/>`,
    ...(["p50", "p99"] as const).map(
      (quantity) =>
        `<path class="${quantity}" d="M-5 -4.5L4 0L-5 4.5Z" transform="translate(${(x - 11).toFixed(1)} ${yOf(readings[quantity] ?? 0).toFixed(1)})"/>`,
    ),
  ];
  const [reference] = measured["run-queue"];
  const told = reference?.delays.p99.map(({ blockers, ms }) => `${ms.toFixed(1)} at ${blockers}`).join(", ");
  return {
    pool: poolPicture(frame, run.probes),
    chart: `<g class="live">${live.join("")}</g><g class="lines">${delayChart(predicted, measured["run-queue"], workers)}</g>`,
    alt: {
      pool: `A pool of ${workers} workers, all held by blocking tasks; ${frame.waiting} of ${run.probes} tasks are due and wait in the run queue.`,
      chart: `Delay of the other tasks against the number of tasks that block. Measured 99th percentile in milliseconds: ${told}. The prediction of the simulator runs through the points.`,
    },
    readings: readings.texts,
  };
}

/** Writes the explorable as HTML: the still, controls that a script brings to life, and the data that it needs. */
export function cliffMarkup(data: PoolData): string {
  const { pool, chart, alt, readings } = cliffStill(data);
  return `<div class="explorable drawn" id="pool" data-explorable="cliff">
<form class="explorable-controls" autocomplete="off">
<label class="wide">Tasks that block <input type="range" name="pool-blockers" min="0" max="${mostBlockers}" step="1" value="${still.blockers}" list="pool-levels"> <output class="explorable-count">${still.blockers}</output></label>
<datalist id="pool-levels">${levels()}</datalist>
<fieldset><legend>A task runs on</legend>
<label><input type="radio" name="pool-executor" value="run-queue" checked> any free worker</label>
<label><input type="radio" name="pool-executor" value="pinned"> its own worker</label>
</fieldset>
</form>
<p class="explorable-story">${escapeHtml(describePool(still, data.workers))}</p>
<div class="explorable-views">
<svg class="pool-view" viewBox="0 0 ${poolWidth} ${poolHeight}" role="img" aria-label="${escapeHtml(alt.pool)}">
${pool}
</svg>
<svg class="delay-view" viewBox="0 0 ${chartWidth} ${chartHeight}" role="img" aria-label="${escapeHtml(alt.chart)}">
${chart}
</svg>
</div>
<p class="explorable-key"><span class="key-line">predicted by the simulator</span> <span class="key-dot">measured (p99 filled, p50 open)</span> <span class="key-live">this run so far</span></p>
<dl class="explorable-readings">
${reading("waiting", "waiting now", readings.waiting)}
${reading("longest", "longest wait now", readings.longest)}
${reading("p50", "p50 so far", readings.p50)}
${reading("p99", "p99 so far", readings.p99)}
</dl>
<form class="explorable-controls moment" autocomplete="off">
<button type="button" data-act="play">Pause</button>
<button type="button" data-act="step">Step</button>
<button type="button" data-act="seed">Another run</button>
<label class="wide">Moment of the run <input type="range" name="pool-moment" min="0" max="300" step="1" value="${stillMs}"></label>
</form>
<p class="unseen" role="status" aria-live="polite"></p>
<script type="application/json" class="explorable-data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
</div>
`;
}

function levels(): string {
  return Array.from(
    { length: mostBlockers + 1 },
    (_, i) => `<option value="${i}" label="${i}"></option>`,
  ).join("");
}

function reading(name: string, title: string, text: string): string {
  return `<div><dt>${title}</dt><dd data-reading="${name}">${escapeHtml(text)}</dd></div>`;
}

import { choiceHtml, type ExplorableView, explorableMarkup, sliderHtml } from "../explorable-markup.ts";
import { PoolReader, poolHeight, poolWidth } from "../pool/pool-frame.ts";
import { type BandLabels, poolPicture } from "../pool/pool-picture.ts";
import { readingsOf } from "../pool/readings.ts";
import { chartHeight, chartWidth, yOf } from "../pool/step-chart.ts";
import type { CliffData } from "../question.ts";
import { mostBlockers } from "./choice.ts";
import { cliffQuantiles } from "./cliff-quantiles.ts";
import { delayAxes, delayChart } from "./delay-chart.ts";
import { describeDelays } from "./describe-delays.ts";
import { describePool } from "./describe-pool.ts";
import { playSweep } from "./play-sweep.ts";
import { predictedDelays } from "./predicted-delays.ts";

/** The moment that the still shows: every worker is held, and most tasks wait (ms). */
const stillMs = 42;
const still = { blockers: 4, executor: "run-queue", seed: 1 } as const;
const labels: BandLabels = {
  asleep: "asleep until their timers fire",
  queue: "due, waiting for a worker",
  workers: "workers",
};

/** Draws the still from a run of the simulator and the measured points: the pool, and the chart beside it. */
export function cliffViews({ workers, measured }: CliffData): readonly [ExplorableView, ExplorableView] {
  const { run, frame, readings } = stillOf(workers);
  const predicted = predictedDelays("shared queue", workers, mostBlockers);
  const x = delayAxes.x(still.blockers);
  const live = [
    `<rect class="band" x="${x - 17}" y="24" width="34" height="198"/>`,
    ...(["p50", "p99"] as const).map(
      (quantity) =>
        `<path class="${quantity}" d="M-5 -4.5L4 0L-5 4.5Z" transform="translate(${(x - 11).toFixed(1)} ${yOf(readings.quantiles[quantity] ?? 0).toFixed(1)})"/>`,
    ),
  ];
  return [
    {
      name: "pool-view",
      width: poolWidth,
      height: poolHeight,
      alt: `A pool of ${workers} workers, all held by blocking tasks; ${frame.waiting} of ${run.probes} tasks are due and wait in the run queue.`,
      inside: poolPicture(frame, run.probes, mostBlockers, labels),
    },
    {
      name: "delay-view",
      width: chartWidth,
      height: chartHeight,
      alt: describeDelays(predicted, measured["run-queue"]),
      inside: `<g class="live">${live.join("")}</g><g class="lines">${delayChart(predicted, measured["run-queue"], workers)}</g>`,
    },
  ];
}

/** Writes the pool that the reader starves. */
export function cliffMarkup(data: CliffData): string {
  const { run, readings } = stillOf(data.workers);
  const { texts } = readings;
  return explorableMarkup({
    id: "pool",
    kind: "cliff",
    controls: `${sliderHtml("Tasks that block", "pool-blockers", mostBlockers, still.blockers)}
${choiceHtml(
  "A task runs on",
  "pool-executor",
  [
    ["run-queue", "any free worker"],
    ["pinned", "its own worker"],
  ],
  still.executor,
)}`,
    story: describePool(still, data.workers),
    views: cliffViews(data),
    key: '<span class="key-line">predicted by the simulator</span> <span class="key-dot">measured (p99 filled, p50 open)</span> <span class="key-live">this run so far</span>',
    readings: [
      ["waiting", "waiting now", texts.waiting],
      ["longest", "longest wait now", texts.longest],
      ["p50", "p50 so far", texts.p50],
      ["p99", "p99 so far", texts.p99],
    ],
    run: { endMs: run.endMs, stillMs },
    data,
  });
}

function stillOf(workers: number) {
  const run = playSweep({
    discipline: "shared queue",
    workers,
    blockers: still.blockers,
    seed: still.seed,
  });
  const reader = new PoolReader(run);
  const frame = reader.at(stillMs);
  return { run, frame, readings: readingsOf(frame, reader.overheadsUntil(run.endMs), cliffQuantiles) };
}

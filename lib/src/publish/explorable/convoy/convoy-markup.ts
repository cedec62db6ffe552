import { choiceHtml, type ExplorableView, explorableMarkup, sliderHtml } from "../explorable-markup.ts";
import { poolHeight, poolWidth } from "../pool/pool-frame.ts";
import { type BandLabels, poolPicture } from "../pool/pool-picture.ts";
import { chartHeight, chartWidth } from "../pool/step-chart.ts";
import { type ConvoyChoice, mostBlockers } from "./choice.ts";
import { ConvoyReader } from "./convoy-reader.ts";
import { describeConvoy } from "./describe-convoy.ts";
import { describeFailures } from "./describe-failures.ts";
import { type ConvoyEdition, failureChart } from "./failure-chart.ts";
import { playConvoy } from "./play-convoy.ts";
import { predictedFailures } from "./predicted-failures.ts";

/** The moment that the still shows: a line has formed (ms). */
const stillMs = 130;
const still: ConvoyChoice = { blockers: mostBlockers, lock: "fair", seed: 1 };
const labels: BandLabels = {
  asleep: "in line for the lock",
  queue: "due, waiting for a worker (ringed: has the lock)",
  workers: "workers",
};

/** Draws the still: the line for the lock, and the chart beside it. */
export function convoyViews(editions: readonly ConvoyEdition[]): readonly [ExplorableView, ExplorableView] {
  const played = playConvoy(still);
  const reader = new ConvoyReader(played);
  const frame = reader.at(stillMs);
  const { line, turn } = reader.readings(stillMs);
  const predicted = predictedFailures();
  return [
    {
      name: "pool-view",
      width: poolWidth,
      height: poolHeight,
      alt: `Four workers, all held by blocking tasks. ${line} tasks stand in line for a lock; its holder waits for a worker, as others do. The last turn with the lock took ${turn}.`,
      inside: poolPicture(frame, played.run.probes, mostBlockers, labels),
    },
    {
      name: "delay-view",
      width: chartWidth,
      height: chartHeight,
      alt: describeFailures(predicted, editions),
      inside: `<g class="lines">${failureChart(predicted, editions)}</g>`,
    },
  ];
}

/** Writes the pool in which a line for a lock forms. */
export function convoyMarkup(editions: readonly ConvoyEdition[]): string {
  const played = playConvoy(still);
  const { line, longest, turns, turn } = new ConvoyReader(played).readings(stillMs);
  return explorableMarkup({
    id: "convoy",
    kind: "convoy",
    controls: `${sliderHtml("Tasks that block", "convoy-blockers", mostBlockers, still.blockers)}
${choiceHtml(
  "Three tasks in ten",
  "convoy-lock",
  [
    ["fair", "share a lock"],
    ["none", "take no lock"],
  ],
  still.lock,
)}`,
    story: describeConvoy(still),
    views: convoyViews(editions),
    key: '<span class="key-line">with the lock, predicted by the simulator</span> <span class="key-dash">without it</span> <span class="key-dot">measured (with the lock filled, without it open)</span>',
    readings: [
      ["line", "in line now", line],
      ["longest", "longest in line", longest],
      ["turns", "turns with the lock", turns],
      ["turn", "the last turn took", turn],
    ],
    run: { endMs: played.endMs, stillMs },
    data: editions,
  });
}

import { choiceHtml, type ExplorableView, explorableMarkup, sliderHtml } from "../explorable-markup.ts";
import { PoolReader, poolHeight, poolWidth } from "../pool/pool-frame.ts";
import { type CureChoice, mostCallers, remedyLabels } from "./choice.ts";
import { type CureEdition, cureChart, cureHeight, cureWidth } from "./cure-chart.ts";
import { cureReadings } from "./cure-readings.ts";
import { describeCure } from "./describe-cure.ts";
import { describeRemedies } from "./describe-remedies.ts";
import { playCure } from "./play-cure.ts";
import { poolOfCure } from "./pool-of-cure.ts";
import { predictedRemedies } from "./predicted-remedies.ts";

/** The moment that the still shows: a queue has formed behind the jobs (ms). */
const stillMs = 180;
const still: CureChoice = { remedy: "as-is", callers: mostCallers, seed: 1 };

/** Draws the still: a pool that nothing was done about, and what each remedy would do. */
export function cureViews(editions: readonly CureEdition[]): readonly [ExplorableView, ExplorableView] {
  const played = playCure(still);
  const frame = new PoolReader(played.run).at(stillMs);
  const predicted = predictedRemedies(still.callers);
  return [
    {
      name: "pool-view",
      width: poolWidth,
      height: poolHeight,
      alt: `Two workers, both held by jobs of 50 ms; ${frame.waiting} other tasks are due and wait behind jobs in one queue.`,
      inside: poolOfCure(frame, played, still),
    },
    {
      name: "cure-view",
      width: cureWidth,
      height: cureHeight,
      alt: describeRemedies(predicted, editions),
      inside: `<g class="live"></g><g class="lines">${cureChart(predicted, editions)}</g>`,
    },
  ];
}

/** Writes the pool that the reader cures. */
export function cureMarkup(editions: readonly CureEdition[]): string {
  const played = playCure(still);
  const { texts } = cureReadings(played, new PoolReader(played.run), stillMs);
  return explorableMarkup({
    id: "cure",
    kind: "cure",
    controls: `${choiceHtml("Done about the jobs:", "cure-remedy", remedyLabels, still.remedy)}
${sliderHtml("Callers that send jobs", "cure-callers", mostCallers, still.callers)}`,
    story: describeCure(still),
    views: cureViews(editions),
    key: '<span class="key-line">predicted by the simulator</span> <span class="key-dot">measured, with six callers</span> <span class="key-live">this run so far</span>',
    readings: [
      ["waiting", "waiting now", texts.waiting],
      ["longest", "longest wait now", texts.longest],
      ["p95", "p95 so far", texts.p95],
      ["jobs", "jobs done so far", texts.jobs],
    ],
    run: { endMs: played.windowMs, stillMs },
    data: editions,
  });
}

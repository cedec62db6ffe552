import { choiceHtml, type ExplorableView, explorableMarkup } from "../explorable-markup.ts";
import { chartHeight, chartWidth } from "../pool/step-chart.ts";
import { type MedianChoice, quantiles } from "./choice.ts";
import { describeMedian } from "./describe-median.ts";
import { type MedianEdition, medianChart } from "./median-chart.ts";
import { sortedDelays } from "./sorted-delays.ts";

const still: MedianChoice = { quantile: 0, blocks: "five" };

/** Draws the still: what a dashboard of medians shows. */
export function medianView(editions: readonly MedianEdition[]): ExplorableView {
  const delays = sortedDelays(still);
  return {
    name: "delay-view",
    width: chartWidth,
    height: chartHeight,
    alt: `Delay of the other tasks against the number of tasks that block, at one quantile. ${describeMedian(delays, still)}`,
    inside: `<g class="lines">${medianChart(delays, still, editions)}</g>`,
  };
}

/** Writes the chart of which the reader chooses the quantile. */
export function medianMarkup(editions: readonly MedianEdition[]): string {
  const levels = quantiles.map((percent, i) => `<option value="${i}" label="p${percent}"></option>`).join("");
  return explorableMarkup({
    id: "median",
    kind: "median",
    controls: `<label class="wide">Your dashboard shows <input type="range" name="median-quantile" min="0" max="${quantiles.length - 1}" step="1" value="0" list="median-quantiles" aria-valuetext="the median"> <output class="explorable-count">p50</output></label>
<datalist id="median-quantiles">${levels}</datalist>
${choiceHtml(
  "Each blocker blocks",
  "median-blocks",
  [
    ["five", "five times"],
    ["endless", "again and again"],
  ],
  still.blocks,
)}`,
    story: describeMedian(sortedDelays(still), still),
    views: [medianView(editions)],
    key: '<span class="key-line">predicted by the simulator at this quantile</span> <span class="key-other">at the others</span> <span class="key-dot">measured, where we measured it</span>',
    readings: [],
    run: null,
    data: editions,
  });
}

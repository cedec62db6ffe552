import { type MedianChoice, quantiles } from "./choice.ts";
import { quantileOf, shareAbove, workers } from "./sorted-delays.ts";

/** Whoever waits longer than this has noticed (ms). */
const feltMs = 10;
/** A dashboard shows a step from here on. */
const tenfold = 10;

/** Says what a dashboard of the chosen quantile shows of the last worker's end, and whom it leaves out. */
export function describeMedian(delays: readonly Float64Array[], { quantile }: MedianChoice): string {
  const percent = quantiles[quantile] ?? 50;
  const [before, at] = [delays[workers - 1], delays[workers]];
  if (before === undefined || at === undefined) return "";
  const [beforeMs, atMs] = [quantileOf(before, percent), quantileOf(at, percent)];
  const name = percent === 50 ? "The median" : `p${percent}`;
  const late = `${Math.round(100 * shareAbove(at, feltMs))}\u00a0% of all simulated wake-ups are more than ${feltMs}\u00a0ms late`;
  const step = `${name} is ${shown(beforeMs)} with three blockers and ${shown(atMs)} with four`;
  if (atMs < feltMs) return `${step}. Your dashboard shows a good day, while ${late}.`;
  return `${step}${atMs > tenfold * beforeMs ? ": this one sees the cliff" : ""}. With four, ${late}.`;
}

function shown(ms: number): string {
  return `${ms.toFixed(1)}\u00a0ms`;
}

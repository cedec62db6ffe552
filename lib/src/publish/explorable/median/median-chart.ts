import { delayAxes, type MeasuredEdition } from "../cliff/delay-chart.ts";
import type { MeasuredPoint } from "../pool/step-chart.ts";
import { type MedianChoice, quantiles } from "./choice.ts";
import { quantileOf, workers } from "./sorted-delays.ts";

/** Measured points of one edition: of the blocks that end, and medians of those that do not. */
export interface MedianEdition extends MeasuredEdition {
  readonly endless: readonly MeasuredPoint[];
}

/** Draws the delay at the chosen quantile against blockers, the other quantiles behind it, and what was measured of it. */
export function medianChart(
  delays: readonly Float64Array[],
  { quantile, blocks }: MedianChoice,
  editions: readonly MedianEdition[],
): string {
  const lineAt = (percent: number, style: string) =>
    delayAxes.line(
      delays.map((sorted) => quantileOf(sorted, percent)),
      style,
    );
  const chosen = quantiles[quantile] ?? 50;
  return [
    delayAxes.frame(workers),
    ...quantiles.filter((percent) => percent !== chosen).map((percent) => lineAt(percent, "other")),
    lineAt(chosen, "p99"),
    ...editions.flatMap((edition, i) =>
      measuredAt(edition, chosen, blocks).map((point) => delayAxes.mark(point, "p99", i)),
    ),
  ].join("\n");
}

function measuredAt(
  { delays, endless }: MedianEdition,
  percent: number,
  blocks: MedianChoice["blocks"],
): readonly MeasuredPoint[] {
  if (blocks === "endless") return percent === 50 ? endless : [];
  if (percent === 50) return delays.p50;
  return percent === 99 ? delays.p99 : [];
}

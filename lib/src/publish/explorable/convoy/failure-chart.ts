import { type MeasuredPoint, StepChart } from "../pool/step-chart.ts";
import { mostBlockers } from "./choice.ts";
import { workers } from "./play-convoy.ts";
import type { PredictedFailure } from "./predicted-failures.ts";

/** Measured shares of failed rounds, one edition (%). */
export interface ConvoyEdition {
  readonly name: string;
  readonly none: readonly MeasuredPoint[];
  readonly fair: readonly MeasuredPoint[];
}

/** The chart's axes. */
export const failureAxes = new StepChart(mostBlockers, "rounds that miss their deadline (%)");

/** Draws axes, the predicted lines with the lock and without it, and what was measured. */
export function failureChart(
  predicted: readonly PredictedFailure[],
  editions: readonly ConvoyEdition[],
): string {
  const lines = [
    { lock: "none", style: "p50" },
    { lock: "fair", style: "p99" },
  ] as const;
  return [
    failureAxes.frame(workers),
    ...lines.map(({ lock, style }) =>
      failureAxes.line(
        predicted.map((each) => each[lock]),
        style,
      ),
    ),
    ...editions.flatMap((edition, i) =>
      lines.flatMap(({ lock, style }) => edition[lock].map((point) => failureAxes.mark(point, style, i))),
    ),
  ].join("\n");
}

import { type MeasuredPoint, StepChart } from "../pool/step-chart.ts";
import { mostBlockers } from "./choice.ts";
import type { PredictedDelay } from "./predicted-delays.ts";

/** The measured delays of one executor (ms). */
export interface MeasuredDelays {
  readonly p50: readonly MeasuredPoint[];
  readonly p99: readonly MeasuredPoint[];
}

/** One edition's measured points, the reference first. */
export interface MeasuredEdition {
  readonly name: string;
  readonly delays: MeasuredDelays;
}

/** The chart of delays that cliff and blind median share. */
export const delayAxes = new StepChart(mostBlockers, "delay of the others (ms)");

/** Draws axes, the predicted lines and the measured points. */
export function delayChart(
  predicted: readonly PredictedDelay[],
  measured: readonly MeasuredEdition[],
  workers: number,
): string {
  return [
    delayAxes.frame(workers),
    ...(["p50", "p99"] as const).map((quantity) =>
      delayAxes.line(
        predicted.map((each) => each[`${quantity}Ms`]),
        quantity,
      ),
    ),
    ...measured.flatMap(({ delays }, edition) =>
      (["p50", "p99"] as const).flatMap((quantity) =>
        delays[quantity].map((point) => delayAxes.mark(point, quantity, edition)),
      ),
    ),
  ].join("\n");
}

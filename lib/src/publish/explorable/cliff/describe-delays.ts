import type { MeasuredEdition } from "./delay-chart.ts";
import type { PredictedDelay } from "./predicted-delays.ts";

/** Says what the chart of delays shows: of the measured points, those of the reference. */
export function describeDelays(
  predicted: readonly PredictedDelay[],
  [reference]: readonly MeasuredEdition[],
): string {
  const told = (points: readonly (readonly [blockers: number, ms: number])[]) =>
    points.map(([blockers, ms]) => `${ms.toFixed(1)} at ${blockers}`).join(", ");
  const measured = reference?.delays.p99.map(({ blockers, value }) => [blockers, value] as const) ?? [];
  const simulated = predicted.map(({ blockers, p99Ms }) => [blockers, p99Ms] as const);
  return `99th percentile of the other tasks’ delay, in milliseconds, against the number of tasks that block.${measured.length === 0 ? "" : ` Measured: ${told(measured)}.`} Predicted by the simulator, which knows no noise: ${told(simulated)}.`;
}

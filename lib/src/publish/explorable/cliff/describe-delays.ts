import { tellLevels } from "../pool/tell-levels.ts";
import type { MeasuredEdition } from "./delay-chart.ts";
import type { PredictedDelay } from "./predicted-delays.ts";

/** Says what the chart of delays shows: of the measured points, those of the reference. */
export function describeDelays(
  predicted: readonly PredictedDelay[],
  [reference]: readonly MeasuredEdition[],
): string {
  const measured = reference === undefined ? "" : ` Measured: ${tellLevels(reference.delays.p99, 1)}.`;
  const simulated = predicted.map(({ blockers, p99Ms }) => ({ blockers, value: p99Ms }));
  return `99th percentile of the other tasks’ delay, in milliseconds, against the number of tasks that block.${measured} Predicted by the simulator, which knows no noise: ${tellLevels(simulated, 1)}.`;
}

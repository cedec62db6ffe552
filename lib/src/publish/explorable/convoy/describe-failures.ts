import { tellLevels } from "../pool/tell-levels.ts";
import type { ConvoyEdition } from "./failure-chart.ts";
import type { PredictedFailure } from "./predicted-failures.ts";

/** Says what the chart of failed rounds shows: of the measured points, those of the reference. */
export function describeFailures(
  predicted: readonly PredictedFailure[],
  [reference]: readonly ConvoyEdition[],
): string {
  const of = (lock: "fair" | "none") => {
    const measured = reference === undefined ? "" : `measured ${tellLevels(reference[lock], 0)}; `;
    const simulated = predicted.map((each, blockers) => ({ blockers, value: each[lock] }));
    return `${measured}predicted ${tellLevels(simulated, 0)}`;
  };
  return `Rounds that miss their deadline, in percent, against the number of tasks that block. Of tasks that share a lock: ${of("fair")}. Of tasks without one: ${of("none")}.`;
}

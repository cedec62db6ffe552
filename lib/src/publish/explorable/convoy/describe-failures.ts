import type { ConvoyEdition } from "./failure-chart.ts";
import type { PredictedFailure } from "./predicted-failures.ts";

/** Says what the chart of failed rounds shows: of the measured points, those of the reference. */
export function describeFailures(
  predicted: readonly PredictedFailure[],
  [reference]: readonly ConvoyEdition[],
): string {
  const told = (points: readonly (readonly [blockers: number, percent: number])[]) =>
    points.map(([blockers, percent]) => `${percent.toFixed(0)} at ${blockers}`).join(", ");
  const of = (lock: "fair" | "none") => {
    const measured = reference?.[lock].map(({ blockers, value }) => [blockers, value] as const) ?? [];
    const simulated = predicted.map((each, blockers) => [blockers, each[lock]] as const);
    return `${measured.length === 0 ? "" : `measured ${told(measured)}; `}predicted ${told(simulated)}`;
  };
  return `Rounds that miss their deadline, in percent, against the number of tasks that block. Of tasks that share a lock: ${of("fair")}. Of tasks without one: ${of("none")}.`;
}

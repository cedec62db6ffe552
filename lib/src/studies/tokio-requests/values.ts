import type { Handed } from "../../summary/handed.ts";
import { valueAt } from "../../summary/rows.ts";
import type { RequestLevels, TokioRequestFailures, TokioRequestsData } from "./analysis.ts";

/**
 * Names the numbers that the article cites; null where the profile did not measure a value.
 *
 * @param failures what `tokioRequestFailures` gives
 */
export function tokioRequestsValues(
  dataset: TokioRequestsData,
  failures: readonly TokioRequestFailures[],
): Handed {
  const { runs } = dataset.manifest;
  const failure = (load: RequestLevels["load"], placement: RequestLevels["placement"]) => (clients: number) =>
    valueAt(failures, { lifoSlot: "on", load, placement, clients }, "failureShare");
  const before = failure("closed-loop", "before-deadline");
  const inside = failure("closed-loop", "inside-deadline");
  const open = failure("open-loop", "before-deadline");
  return {
    requestRuns: runs.valid,
    failureBefore10Share: before(10),
    failureBefore20Share: before(20),
    failureBefore30Share: before(30),
    failureBefore50Share: before(50),
    failureInside20Share: inside(20),
    failureInside30Share: inside(30),
    failureOpen6Share: open(6),
    failureOpen7Share: open(7),
    failureOpen10Share: open(10),
  };
}

import { type ColumnTable, from } from "arquero";
import { burstPhases } from "../../tables/burst-phases.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Estimate, meanOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { type ServedAttempt, serviceRuns } from "./service-runs.ts";

const windowMs = 250;
const windows = (burstPhases.beforeMs + burstPhases.burstMs + burstPhases.afterMs) / windowMs;

/**
 * Follows a burst in steps of a quarter of a second, by treatment × retries × middle of the step (s): requests meant to
 * start, attempts sent and answers 200, each a second, the last two with 95 % intervals over runs.
 */
export function goodputOverTime(dataset: Dataset): ColumnTable {
  return from(
    serviceRuns(dataset, ["treatment", "retries"], { load: "burst" }).flatMap(({ levels, runs }) =>
      Array.from({ length: windows }, (_, window) => {
        const perSecond = (time: (attempt: ServedAttempt) => number | null) =>
          notNegative(meanOf(runs.map((attempts) => Float64Array.of(countIn(window, attempts, time)))));
        return {
          ...levels,
          seconds: ((window + 0.5) * windowMs) / 1000,
          runs: runs.length,
          offered: perSecond(({ attempt, beganUs }) => (attempt === 0 ? beganUs : null)).estimate,
          ...intervalColumns(
            "sent",
            "",
            perSecond(({ beganUs }) => beganUs),
          ),
          ...intervalColumns(
            "goodput",
            "",
            perSecond(({ completed, beganUs, latencyUs }) => (completed ? beganUs + latencyUs : null)),
          ),
        };
      }),
    ),
  );
}

/** Cuts the interval of a mean of counts at what a count can be. */
function notNegative({ estimate, low, high }: Estimate): Estimate {
  return { estimate, low: low === null ? null : Math.max(0, low), high };
}

function countIn(
  window: number,
  attempts: readonly ServedAttempt[],
  time: (attempt: ServedAttempt) => number | null,
): number {
  const times = attempts.map(time).filter((us) => us !== null);
  return times.filter((us) => Math.floor(us / 1000 / windowMs) === window).length * (1000 / windowMs);
}

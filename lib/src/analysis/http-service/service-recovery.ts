import { type ColumnTable, from } from "arquero";
import { burstPhases } from "../../tables/burst-phases.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Estimate, meanOf, shareOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { type ServedAttempt, serviceRuns } from "./service-runs.ts";

const { beforeMs, burstMs, afterMs } = burstPhases;
const burstEndMs = beforeMs + burstMs;
const endMs = burstEndMs + afterMs;
const windowMs = 250;

/** A service is well again when this share of its requests succeeds, and goes on to. */
const wellShare = 0.9;

/**
 * Tells whether and when a service recovers after a burst, by treatment × retries: the share of requests that succeed
 * (with any attempt) before the burst and in the last second, long after it; how many runs recovered while they were
 * watched; and how long that took from the end of the burst, missing unless every run recovered.
 */
export function serviceRecovery(dataset: Dataset): ColumnTable {
  return from(
    serviceRuns(dataset, ["treatment", "retries"], { load: "burst" }).map(({ levels, runs }) => {
      const times = runs.map(recoveryMs);
      const recovered = times.filter((ms) => ms !== null);
      const recovery =
        recovered.length === runs.length
          ? meanOf(recovered.map((ms) => Float64Array.of(ms)))
          : { estimate: null, low: null, high: null };
      return {
        ...levels,
        runs: runs.length,
        recoveredRuns: recovered.length,
        ...intervalColumns("recovery", "Ms", recovery),
        ...intervalColumns("before", "Share", successOf(runs, 0, beforeMs)),
        ...intervalColumns("lastSecond", "Share", lastSecondSuccess(runs)),
      };
    }),
  );
}

/** Estimates the share of the last second's requests that succeeded, with any attempt. */
export function lastSecondSuccess(runs: readonly (readonly ServedAttempt[])[]): Estimate {
  return successOf(runs, endMs - 1000, endMs);
}

function successOf(runs: readonly (readonly ServedAttempt[])[], fromMs: number, toMs: number): Estimate {
  const counts = runs.map((attempts) => succeeded(attempts, fromMs, toMs));
  return shareOf(
    counts.map(({ good }) => good),
    counts.map(({ all }) => all),
  );
}

/** Time from the end of the burst to the window from which on all are well; null if the last one is not. */
function recoveryMs(attempts: readonly ServedAttempt[]): number | null {
  let recovered: number | null = null;
  for (let start = endMs - windowMs; start >= burstEndMs; start -= windowMs) {
    const { good, all } = succeeded(attempts, start, start + windowMs);
    if (good < wellShare * all) break;
    recovered = start - burstEndMs;
  }
  return recovered;
}

/** Counts the requests meant to start within a time, and those of them that some attempt brought to an end. */
function succeeded(attempts: readonly ServedAttempt[], fromMs: number, toMs: number) {
  const asked = new Set(
    attempts
      .filter(({ attempt, beganUs }) => attempt === 0 && beganUs >= fromMs * 1000 && beganUs < toMs * 1000)
      .map(({ request }) => request),
  );
  const good = new Set(
    attempts
      .filter(({ request, completed }) => completed && asked.has(request))
      .map(({ request }) => request),
  );
  return { good: good.size, all: asked.size };
}

import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type { TokioSuspensionConvoyData, TokioSuspensionTimes } from "./analysis.ts";

/**
 * Names the numbers that the article cites; null where the profile did not measure a value.
 *
 * @param times what `tokioSuspensionTimes` gives
 */
export function tokioSuspensionConvoyValues(
  dataset: TokioSuspensionConvoyData,
  times: readonly TokioSuspensionTimes[],
): Handed {
  const workers = mainWorkers(dataset);
  const below = workers - 1;
  const { runs } = dataset.manifest;
  const of =
    (variant: TokioSuspensionTimes["variant"]) => (blockers: number, column: "holdP50Ms" | "latencyP50Ms") =>
      valueAt(times, { variant, rearm: "yield", blockers }, column);
  const bad = of("bad");
  const good = of("good");
  return {
    suspensionRuns: runs.valid,
    suspensionInvalidRuns: runs.planned - runs.valid,
    holdBadCalmMs: bad(0, "holdP50Ms"),
    latencyBadCalmMs: bad(0, "latencyP50Ms"),
    holdBadBelowMs: bad(below, "holdP50Ms"),
    latencyBadBelowMs: bad(below, "latencyP50Ms"),
    holdBadAtMs: bad(workers, "holdP50Ms"),
    latencyBadAtMs: bad(workers, "latencyP50Ms"),
    holdGoodCalmMs: good(0, "holdP50Ms"),
    latencyGoodCalmMs: good(0, "latencyP50Ms"),
    holdGoodBelowMs: good(below, "holdP50Ms"),
    latencyGoodBelowMs: good(below, "latencyP50Ms"),
    holdGoodAtMs: good(workers, "holdP50Ms"),
    latencyGoodAtMs: good(workers, "latencyP50Ms"),
  };
}

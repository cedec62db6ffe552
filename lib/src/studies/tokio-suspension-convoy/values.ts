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
  const { runs } = dataset.manifest;
  const of =
    (variant: TokioSuspensionTimes["variant"]) => (blockers: number, column: "holdP50Ms" | "latencyP50Ms") =>
      valueAt(times, { variant, rearm: "yield", blockers }, column);
  const bad = of("bad");
  const good = of("good");
  const holdGoodMs = good(0, "holdP50Ms");
  return {
    suspensionRuns: runs.valid,
    holdBadCalmMs: bad(0, "holdP50Ms"),
    holdBadAtMs: bad(workers, "holdP50Ms"),
    latencyBadAtMs: bad(workers, "latencyP50Ms"),
    holdGoodCalmNs: holdGoodMs === null ? null : holdGoodMs * 1e6,
    latencyGoodAtMs: good(workers, "latencyP50Ms"),
  };
}

import { cells } from "../../summary/cells.ts";
import { quantileOf, type Runs } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type TokioSuspensionConvoy = ReturnType<typeof experiment>;
export type TokioSuspensionConvoyData = Dataset<TokioSuspensionConvoy>;

export type TokioSuspensionTimes = ReturnType<typeof tokioSuspensionTimes>[number];

const by = ["variant", "rearm", "blockers"] as const;

/**
 * Summarises how long the coordinator held the lock and how old events were when they had been consumed, by variant ×
 * re-arming × blockers, with intervals over runs.
 */
export function tokioSuspensionTimes(dataset: TokioSuspensionConvoyData) {
  const workers = mainWorkers(dataset);
  const latencies = cells(dataset, { value: "latencyNs", by, where: { workers, row: "event" } });
  const holds = cells(dataset, { value: "holdNs", by, where: { workers, row: "message" } });
  return holds.map(({ levels, byRun }) => {
    const events = latencies.find((cell) => by.every((name) => cell.levels[name] === levels[name]));
    return {
      ...levels,
      runs: byRun.length,
      ...intervalColumns("holdP50", "Ms", quantileOf(byRun, 0.5), 1e-6),
      ...intervalColumns("holdP99", "Ms", quantileOf(byRun, 0.99), 1e-6),
      ...intervalColumns("latencyP50", "Ms", quantileOf(events?.byRun ?? [], 0.5), 1e-6),
    };
  });
}

/** Times (ns) of each run: holds of the coordinator, or ages of events. */
export function timesAt(
  dataset: TokioSuspensionConvoyData,
  times: "holdNs" | "latencyNs",
  levels: Pick<SampleOf<TokioSuspensionConvoy>, "variant" | "blockers">,
): Runs {
  const row = times === "holdNs" ? "message" : "event";
  const where = { ...levels, row, rearm: "yield", workers: mainWorkers(dataset) } as const;
  return cells(dataset, { value: times, by: [], where })[0]?.byRun ?? [];
}

import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type { BeyondCoresData, CoreDelay } from "./analysis.ts";
import { coresOf } from "./experiment.ts";

const names = [
  ["RunQueue", "run-queue"],
  ["Piscina", "piscina"],
  ["Pinned", "pinned"],
] as const;

/**
 * Names the numbers that the article cites: p99 by executor, with one core left, with none and with three blockers a core;
 * null where the profile did not measure a value.
 */
export function beyondCoresValues(dataset: BeyondCoresData, delays: readonly CoreDelay[]): Handed {
  const workers = mainWorkers(dataset);
  const cores = coresOf(workers);
  const { runs } = dataset.manifest;
  const p99 = (executor: CoreDelay["executor"], hold: CoreDelay["hold"], blockers: number) =>
    valueAt(delays, { executor, hold, blockers }, "p99Ms");
  const all = names.flatMap(([name, executor]) => [
    [`p99Free${name}Ms`, p99(executor, "computing", 0)],
    [`p99Below${name}Ms`, p99(executor, "computing", cores - 1)],
    [`p99At${name}Ms`, p99(executor, "computing", cores)],
    [`p99Most${name}Ms`, p99(executor, "computing", workers - 1)],
    [`p99Parked${name}Ms`, p99(executor, "parked", workers - 1)],
  ]);
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    workers,
    cores,
    ...Object.fromEntries(all),
  };
}

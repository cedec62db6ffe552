import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

const systems = {
  Tokio: ["tokio", "on"],
  NoSlot: ["tokio", "off"],
  RunQueue: ["run-queue", "none"],
} as const;

/**
 * Names the numbers that the article cites; null where the profile did not measure a value.
 *
 * @param delays what `rearmDelays` gives
 */
export function tokioDelayValues(dataset: Dataset, delays: ColumnTable): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
  };
  const places = { One: 1, Below: workers - 1, At: workers };
  for (const [name, [executor, lifoSlot]] of Object.entries(systems)) {
    const system = { executor, lifoSlot, span: "five", probes: 50 };
    values[`floor${name}Ms`] = numberAt(delays, { ...system, blockers: 0 }, "p50Ms");
    for (const rearm of ["contiguous", "yield", "sleep-5"]) {
      for (const [place, blockers] of Object.entries(places)) {
        const key = `${pascal(rearm)}${place}${name}`;
        values[`blocks${key}`] = numberAt(delays, { ...system, rearm, blockers }, "p99Blocks");
      }
    }
    const many = { ...system, probes: 500, rearm: "yield", blockers: workers };
    values[`blocksMany${name}`] = numberAt(delays, many, "p99Blocks");
    const sustained = { ...system, span: "sustained", rearm: "yield", blockers: workers };
    values[`medianSustained${name}Ms`] = numberAt(delays, sustained, "p50Ms");
  }
  return values;
}

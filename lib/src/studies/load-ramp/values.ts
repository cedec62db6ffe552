import type { ExecutorName } from "../../executor/executors.ts";
import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import type { LoadRampData, LoadRampRoom, RampCollapse, RampFailures } from "./analysis.ts";

/** The tables that the load-ramp notebook has made. */
export interface LoadRampSummaries {
  readonly rates: readonly RampFailures[];
  readonly collapse: readonly RampCollapse[];
  readonly room: readonly LoadRampRoom[];
}

/**
 * Names the numbers that the article cites: tasks at which half of the requests fail with all workers but one blocked
 * (`Below`) and with none (`Free`), failure rates around the collapse, what blocking adds, and the most polls a second. Null
 * where the profile did not measure a value.
 */
export function loadRampValues(dataset: LoadRampData, { rates, collapse, room }: LoadRampSummaries): Handed {
  const { runs } = dataset.manifest;
  const below = mainWorkers(dataset) - 1;
  const half = (executor: ExecutorName, blockers: number) => (column: keyof RampCollapse) =>
    valueAt(collapse, { executor, blockers }, column);
  const rate = (executor: ExecutorName, tasks: number) => (column: keyof RampFailures) =>
    valueAt(rates, { executor, tasks }, column);
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    onsetPinnedFree: valueAt(collapse, { executor: "pinned", blockers: 0 }, "onsetTasks"),
    onsetPinnedFreeLow: valueAt(collapse, { executor: "pinned", blockers: 0 }, "onsetTasksLow"),
    onsetPinnedFreeHigh: valueAt(collapse, { executor: "pinned", blockers: 0 }, "onsetTasksHigh"),
    busyRunQueueAt5000Share: valueAt(room, { executor: "run-queue", tasks: 5000, blockers: 0 }, "busyShare"),
    halfRunQueueFree: half("run-queue", 0)("midpointTasks"),
    halfRunQueueFreeLow: half("run-queue", 0)("midpointTasksLow"),
    halfRunQueueFreeHigh: half("run-queue", 0)("midpointTasksHigh"),
    halfRunQueueBelow: half("run-queue", below)("midpointTasks"),
    halfRunQueueBelowLow: half("run-queue", below)("midpointTasksLow"),
    halfRunQueueBelowHigh: half("run-queue", below)("midpointTasksHigh"),
    halfPiscinaFree: half("piscina", 0)("midpointTasks"),
    halfPiscinaFreeLow: half("piscina", 0)("midpointTasksLow"),
    halfPiscinaFreeHigh: half("piscina", 0)("midpointTasksHigh"),
    halfPiscinaBelow: half("piscina", below)("midpointTasks"),
    halfPiscinaBelowLow: half("piscina", below)("midpointTasksLow"),
    halfPiscinaBelowHigh: half("piscina", below)("midpointTasksHigh"),
    pollsASecondRunQueueFree: mostPolls(room, { executor: "run-queue", blockers: 0 }),
    pollsASecondRunQueueBelow: mostPolls(room, { executor: "run-queue", blockers: below }),
    pollsASecondPiscinaFree: mostPolls(room, { executor: "piscina", blockers: 0 }),
    pollsASecondPiscinaBelow: mostPolls(room, { executor: "piscina", blockers: below }),
    controlRunQueueAt3000Share: rate("run-queue", 3000)("controlShare"),
    blockedRunQueueAt3000Share: rate("run-queue", 3000)("blockedShare"),
    controlRunQueueAt5000Share: rate("run-queue", 5000)("controlShare"),
    blockedRunQueueAt5000Share: rate("run-queue", 5000)("blockedShare"),
    addedPiscinaAt200Share: rate("piscina", 200)("addedShare"),
    addedPiscinaAt200LowShare: rate("piscina", 200)("addedLowShare"),
    addedPiscinaAt200HighShare: rate("piscina", 200)("addedHighShare"),
    addedPinnedAt500Share: rate("pinned", 500)("addedShare"),
    addedPinnedAt500LowShare: rate("pinned", 500)("addedLowShare"),
    addedPinnedAt500HighShare: rate("pinned", 500)("addedHighShare"),
  };
}

function mostPolls(room: readonly LoadRampRoom[], where: Partial<LoadRampRoom>): number | null {
  const polls = rowsOf(room, where)
    .map(({ pollsASecond }) => pollsASecond)
    .filter((value) => value !== null);
  return polls.length === 0 ? null : Math.max(...polls);
}

import { type FailureKnee, failureKnee } from "../../stats/failure-knee.ts";
import { cells, type Where } from "../../summary/cells.ts";
import { confidenceLevel } from "../../summary/confidence-level.ts";
import { deadlineCounts } from "../../summary/deadline-counts.ts";
import type { DispatcherRoom } from "../../summary/dispatcher-room.ts";
import { crossingOf, shareDifferenceOf, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type LoadRamp = ReturnType<typeof experiment>;
export type LoadRampData = Dataset<LoadRamp>;

export type RampCollapse = ReturnType<typeof rampCollapse>[number];
export type RampFailures = ReturnType<typeof rampFailures>[number];
export type LoadRampRoom = DispatcherRoom<LoadRamp>;

/** Finds where requests begin to fail as tasks grow, at given levels of executor and blockers, main worker count. */
export function loadKnee(dataset: LoadRampData, levels: Where<LoadRamp>): FailureKnee {
  const where = { ...levels, workers: mainWorkers(dataset) };
  return failureKnee(
    deadlineCounts(dataset, { by: ["tasks"], where }).map(({ levels: { tasks }, counts }) => ({
      at: tasks,
      failures: counts[0],
      requests: counts[1],
    })),
    confidenceLevel(),
  );
}

/**
 * Tells at how many tasks one request in twenty fails (onset) and half of them do (midpoint), by executor × blockers,
 * main worker count. Missing where the loads measured do not bracket that mark.
 */
export function rampCollapse(dataset: LoadRampData) {
  const workers = mainWorkers(dataset);
  const ramps = cells(dataset, {
    value: "requests",
    by: ["executor", "blockers"],
    where: { kind: "tally", workers },
  });
  return ramps.map(({ levels, byRun }) => {
    const { onset, midpoint } = loadKnee(dataset, levels);
    return {
      ...levels,
      runs: byRun.length,
      ...intervalColumns("onsetTasks", "", crossingOf(onset)),
      ...intervalColumns("midpointTasks", "", crossingOf(midpoint)),
    };
  });
}

/**
 * Sets the failure rate beside all workers but one blocked against that of the same load without blockers, by executor ×
 * tasks, main worker count, and their difference: what blocking adds to what the dispatcher cannot carry anyway.
 */
export function rampFailures(dataset: LoadRampData) {
  const workers = mainWorkers(dataset);
  const counted = deadlineCounts(dataset, { by: ["executor", "tasks", "blockers"], where: { workers } });
  return counted
    .filter(({ levels }) => levels.blockers === 0)
    .flatMap(({ levels: { executor, tasks }, counts: control }) => {
      const beside = counted.find(
        ({ levels }) =>
          levels.executor === executor && levels.tasks === tasks && levels.blockers === workers - 1,
      );
      if (beside === undefined || workers === 1) return [];
      return {
        executor,
        workers,
        tasks,
        runs: control[1].length + beside.counts[1].length,
        ...intervalColumns("control", "Share", shareOf(...control)),
        ...intervalColumns("blocked", "Share", shareOf(...beside.counts)),
        ...intervalColumns("added", "Share", shareDifferenceOf(beside.counts, control)),
      };
    });
}

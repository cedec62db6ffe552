import { sum } from "simple-statistics";
import { cells } from "../../../summary/cells.ts";
import { factorOf, quantileOf, type Runs, shareOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { type ControlsData, controlRuns, probedSystems } from "./control-runs.ts";

export type EarlyTimers = ReturnType<typeof earlyTimers>[number];
export type WarmUp = ReturnType<typeof warmUp>[number];

/**
 * Takes a quantile of the overhead of 50 bare timers (ms) from the controls of the same data set: the noise floor of
 * experiments that measure no bare timers of their own. Null where the controls were not measured.
 *
 * @param controls what was measured as controls, if anything
 */
export function timerFloor(controls: ControlsData | null, p: number): number | null {
  if (controls === null) return null;
  const { estimate } = quantileOf(controlRuns(controls, "overhead", { system: "bare-timer" }), p);
  return estimate === null ? null : estimate / 1e6;
}

/**
 * Counts timers that fired before they were due, by system: their share, and how early they were in the middle and at
 * most (ms). Whoever clamps overheads at zero moves these samples.
 */
export function earlyTimers(data: ControlsData) {
  return probedSystems.flatMap((system) => {
    const runs = controlRuns(data, "overhead", { system });
    if (runs.length === 0) return [];
    const early = runs.map((run) => run.filter((overheadNs) => overheadNs < 0));
    const byMs = early
      .flatMap((run) => Array.from(run, (overheadNs) => -overheadNs / 1e6))
      .sort((a, b) => a - b);
    return [
      {
        system,
        samples: sum(runs.map(({ length }) => length)),
        ...intervalColumns(
          "early",
          "Share",
          shareOf(
            early.map(({ length }) => length),
            runs.map(({ length }) => length),
          ),
        ),
        medianMs: byMs[Math.floor(byMs.length / 2)] ?? null,
        mostMs: byMs.at(-1) ?? null,
      },
    ];
  });
}

const firstRounds = [0, 1];
const laterRounds = [5, 6, 7, 8, 9];

/**
 * Sets the first two of each probe's ten sleeps against the last five, by system × tasks: p99 of both (ms) and their ratio,
 * which is above 1 where threads have not warmed up.
 */
export function warmUp(data: ControlsData) {
  const where = {
    kind: "overhead",
    program: "probe",
    workers: 4,
    cores: "as found",
    heap: "64 MB",
    priority: "equal",
    compiler: "no top tier",
    age: "fresh",
    system: probedSystems,
  } as const;
  const of = (round: readonly number[]) =>
    cells(data, { value: "valueNs", by: ["system", "tasks"], where: { ...where, round } });
  const later = of(laterRounds);
  return of(firstRounds).flatMap((first) => {
    const { system, tasks } = first.levels;
    const last = later.find(({ levels }) => levels.system === system && levels.tasks === tasks);
    return last ? [{ ...first.levels, runs: first.runs.length, ...compare(first.byRun, last.byRun) }] : [];
  });
}

function compare(first: Runs, last: Runs) {
  return {
    ...intervalColumns("first", "Ms", quantileOf(first, 0.99), 1e-6),
    ...intervalColumns("later", "Ms", quantileOf(last, 0.99), 1e-6),
    ...intervalColumns("ratio", "", factorOf(first, last, 0.99)),
  };
}

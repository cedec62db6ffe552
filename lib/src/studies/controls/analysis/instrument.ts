import { sum } from "simple-statistics";
import { type ExecutorName, executorNames } from "../../../executor/executors.ts";
import {
  differenceOf,
  type Estimate,
  factorOf,
  quantileOf,
  type Runs,
  shareOf,
} from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { type ControlLevels, type ControlsData, controlRuns } from "./control-runs.ts";

export type ClockAgreement = ReturnType<typeof clockAgreement>[number];
export type RecordingCost = ReturnType<typeof recordingCost>[number];

/** How a ball goes to the other thread and back. */
const ways = ["atomics", "messages"] as const;
type Way = (typeof ways)[number];

/**
 * Bounds how far the clocks of two threads can be apart, by way of the ping-pong: the other thread's stamp was taken
 * between sent and received, so its clock is ahead by at most the shortest way there and behind by at most the shortest
 * way back (µs). A stamp outside its round trip would show that the clocks disagree.
 *
 *     sent ──── there ────▶ stamp ◀──── back ──── received
 */
export function clockAgreement(data: ControlsData) {
  return ways.flatMap((way) => {
    const trips = roundTrips(data, way);
    if (trips.length === 0) return [];
    const all = trips.flat();
    return [
      {
        way,
        roundTrips: all.length,
        outside: all.filter(isOutside).length,
        aheadAtMostUs: Math.min(...all.map(({ thereNs }) => thereNs)) / 1000,
        behindAtMostUs: Math.min(...all.map(({ wholeNs, thereNs }) => wholeNs - thereNs)) / 1000,
      },
    ];
  });
}

/** Estimates the share of round trips whose stamp lies outside, over both ways. */
export function outsideShare(data: ControlsData): Estimate {
  const trips = ways.flatMap((way) => roundTrips(data, way));
  return shareOf(
    trips.map((run) => run.filter(isOutside).length),
    trips.map((run) => run.length),
  );
}

interface Trip {
  readonly wholeNs: number;
  readonly thereNs: number;
}

function isOutside({ wholeNs, thereNs }: Trip): boolean {
  return thereNs < 0 || thereNs > wholeNs;
}

function roundTrips(data: ControlsData, system: Way): Trip[][] {
  const where = {
    system,
    program: "ping-pong",
    workers: 1,
    tasks: 1,
    cores: ["as found", "kept awake"],
  } as const;
  const there: Runs = controlRuns(data, "round-trip", where, "thereNs");
  return controlRuns(data, "round-trip", where).map((whole, run) =>
    Array.from(whole, (wholeNs, i) => ({ wholeNs, thereNs: there[run]?.[i] as number })),
  );
}

/**
 * Tells what recording costs, by executor: the median time of one poll that does nothing (ns) with every poll stamped
 * and kept, and with none, as their ratio and difference. All tasks of a run yield at once, so that a task's time holds
 * the polls of all.
 */
export function recordingCost(data: ControlsData) {
  return executorNames.flatMap((system) => {
    const [on, off] = (["on", "off"] as const).map((recording) => perPollNs(data, system, { recording }));
    if (!on || !off || on.length === 0 || off.length === 0) return [];
    return [
      {
        executor: system,
        runs: on.length + off.length,
        ...intervalColumns("on", "Ns", quantileOf(on, 0.5)),
        ...intervalColumns("off", "Ns", quantileOf(off, 0.5)),
        ...intervalColumns("ratio", "", factorOf(on, off, 0.5)),
        ...intervalColumns("cost", "Ns", differenceOf(on, off, 0.5)),
      },
    ];
  });
}

/** Takes the time of one poll among those of all tasks that yield at once (ns), one value a task, run by run. */
export function perPollNs(data: ControlsData, system: ExecutorName, levels: ControlLevels = {}): Runs {
  const where = { system, program: "yielder", workers: 1, tasks: 20, ...levels } as const;
  const polls = controlRuns(data, "yields", where, "count");
  return controlRuns(data, "yields", where).map((times, run) => {
    const all = sum(Array.from(polls[run] as Float64Array));
    return times.map((timeNs) => timeNs / all);
  });
}

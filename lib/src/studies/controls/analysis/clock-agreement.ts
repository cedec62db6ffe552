import { type ColumnTable, from } from "arquero";
import { type Estimate, type Runs, shareOf } from "../../../summary/estimate.ts";
import type { Dataset } from "../../../tables/load.ts";
import { controlRuns } from "./control-runs.ts";

/**
 * Bounds how far the clocks of two threads can be apart, by way of the ping-pong: the other thread's stamp was taken
 * between sent and received, so its clock is ahead by at most the shortest way there and behind by at most the shortest
 * way back (µs). A stamp outside its round trip would show that the clocks disagree.
 *
 *     sent ──── there ────▶ stamp ◀──── back ──── received
 */
export function clockAgreement(data: Dataset): ColumnTable {
  const rows = (["atomics", "messages"] as const).flatMap((way) => {
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
  return from(rows);
}

/** Estimates the share of round trips whose stamp lies outside, over both ways. */
export function outsideShare(data: Dataset): Estimate {
  const trips = (["atomics", "messages"] as const).flatMap((way) => roundTrips(data, way));
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

function roundTrips(data: Dataset, system: string): Trip[][] {
  const where = { system, program: "ping-pong", workers: 1, tasks: 1, cores: ["as found", "kept awake"] };
  const there: Runs = controlRuns(data, "round-trip", where, "thereNs");
  return controlRuns(data, "round-trip", where).map((whole, run) =>
    Array.from(whole, (wholeNs, i) => ({ wholeNs, thereNs: there[run]?.[i] as number })),
  );
}

import { mean } from "simple-statistics";
import { type Estimate, geometricFactorOf, meanOf, type Runs } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { mainWorkers } from "../../../summary/main-workers.ts";
import { type Instrument, type InstrumentName, instruments } from "./instruments.ts";
import { type IntrospectionData, type WatchedRun, watchedRuns } from "./watched-runs.ts";

/** The systems compared, with Piscina's two ways of waiting apart. */
export const systems = [
  { system: "run-queue", where: { executor: "run-queue", atomics: "sync" } },
  { system: "piscina", where: { executor: "piscina", atomics: "sync" } },
  { system: "piscina, async", where: { executor: "piscina", atomics: "async" } },
  { system: "pinned", where: { executor: "pinned", atomics: "sync" } },
] as const;

/** An instrument sees saturation if its reading changes by this factor when the last worker is held; fixed beforehand. */
export const seesFactor = 5;
/** It is blind if the reading changes by less. */
export const blindFactor = 2;
/** It accuses a worker that no blocker held if it shows it in use for this share of the time … */
export const accusedShare = 0.9;
/** … or late by this share of the longest hold. */
const accusedHolds = 0.5;

export type InstrumentVerdict = ReturnType<typeof instrumentVerdicts>[number];
export type System = (typeof systems)[number]["system"];
export type Sight = "sees" | "partly" | "blind" | "silent";

/**
 * Judges every instrument on every system, holds parked, main worker count: its readings with no, W − 1 and W blockers;
 * by which factor the worst worker's reading changes between the first two (a worker is held) and its own between the last
 * two (the last worker is held); and whether it accuses a healthy worker. Of a share, what counts is the free share that
 * is left: from a quarter to a twentieth is a factor of 5.
 */
export function instrumentVerdicts(dataset: IntrospectionData) {
  const workers = mainWorkers(dataset);
  return systems.flatMap(({ system, where }) => {
    const at = (blockers: number) => watchedRuns(dataset, { ...where, workers, blockers, hold: "parked" });
    const [none, below, full] = [at(0), at(workers - 1), at(workers)];
    if (below.length === 0 || full.length === 0) return [];
    return instruments.map((instrument) => verdict(system, instrument, none, below, full));
  });
}

/** Estimates by which factor an instrument's reading changes from the first runs to the second. */
export function readingFactor(
  { scale }: Instrument,
  read: Instrument["read"],
  before: readonly WatchedRun[],
  after: readonly WatchedRun[],
): Estimate {
  const [a, b] = [readings(read, before), readings(read, after)];
  return scale === "share" ? geometricFactorOf(free(a), free(b)) : geometricFactorOf(b, a);
}

function verdict(
  system: System,
  instrument: Instrument<InstrumentName>,
  none: readonly WatchedRun[],
  below: readonly WatchedRun[],
  full: readonly WatchedRun[],
) {
  const { name, from: source, scale, read, readWorst } = instrument;
  const silent = readings(read, full).length === 0;
  const heldFactor = readingFactor(instrument, readWorst, none, below);
  const factor = readingFactor(instrument, read, below, full);
  const reading = (runs: readonly WatchedRun[]) => meanOf(readings(read, runs));
  return {
    system,
    instrument: name,
    source,
    scale,
    ...intervalColumns("none", "", reading(none)),
    ...intervalColumns("below", "", reading(below)),
    ...intervalColumns("full", "", reading(full)),
    ...intervalColumns("heldFactor", "", heldFactor),
    ...intervalColumns("factor", "", factor),
    seesHold: silent ? ("silent" as const) : sight(heldFactor),
    seesSaturation: silent ? ("silent" as const) : sight(factor),
    accuses: accuses(instrument, [...none, ...below]),
  };
}

function sight({ estimate, low, high }: Estimate): Sight | null {
  if (estimate === null || low === null || high === null) return null;
  if (low >= seesFactor) return "sees";
  return high < blindFactor ? "blind" : "partly";
}

/** Whether the mean of what it shows of healthy workers reads as if they were held; null where there were none. */
function accuses({ scale, readHealthy }: Instrument, runs: readonly WatchedRun[]): boolean | null {
  const worst = runs.map(readHealthy).filter((value) => value !== null);
  if (worst.length === 0) return null;
  if (scale === "share") return mean(worst) >= accusedShare;
  return scale === "delay" && mean(worst) >= accusedHolds * holdNs;
}

/** Length of a parked hold. */
const holdNs = 50e6;

function readings(read: Instrument["read"], runs: readonly WatchedRun[]): Runs {
  return runs
    .map(read)
    .filter((value) => value !== null)
    .map((value) => Float64Array.of(value));
}

/** A share that is all in use still leaves a thousandth free, or a reading of 1 would have no factor. */
function free(shares: Runs): Runs {
  return shares.map((share) => share.map((value) => Math.max(1 - value, 0.001)));
}

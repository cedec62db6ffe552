import { loopDelayPeriodNs } from "../../../measure/watch-thread.ts";
import { clusteredPoissonInterval } from "../../../stats/poisson-interval.ts";
import { confidenceLevel } from "../../../summary/confidence-level.ts";
import { type Estimate, meanOf, missing, quantileOf, type Runs, shareOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { byRun, type Sample, samplesOf, values, type WatchData } from "./samples.ts";

type Told = "toldHeldNs" | "toldWaitedNs";
type So = "heldNs" | "waitedNs";

export type StallVerdict = ReturnType<typeof stallVerdicts>[number];
export type InstrumentVerdict = ReturnType<typeof instrumentVerdicts>[number];

/** The stalls that somebody makes by holding every worker of a pool. */
export const workerStalls = ["parked", "computing", "foreign-call", "wait-in-c", "collecting"] as const;

/** Those, and stalls of which a pool's workers know nothing. */
const allStalls = [...workerStalls, "one-free", "main-thread", "libuv"] as const;

/**
 * Sets what was told beside what was so, by pool × workers × source: the share of stalls that were laid on who made them
 * (recall), the share of incidents told of that were laid rightly (precision), p99 of how far the told hold and wait were off
 * in the stalls without `blocked-at`, p99 of the time to the first line, and the mean share of computing in the hold.
 */
export function stallVerdicts(dataset: WatchData) {
  const stalls = samplesOf(dataset, allStalls);
  const groups = Map.groupBy(stalls, ({ pool, workers, source }) => JSON.stringify([pool, workers, source]));
  return [...groups.values()].map((group) => {
    const { pool, workers, source } = group[0] as Sample;
    return {
      pool,
      workers,
      source,
      runs: byRun(group).length,
      stalls: group.length,
      ...intervalColumns("recall", "Share", recall(group)),
      ...intervalColumns("precision", "Share", precision(group)),
      ...intervalColumns("holdError", "Ms", holdError(group), 1e-6),
      ...intervalColumns("waitError", "Ms", waitError(group), 1e-6),
      ...intervalColumns("firstLine", "Ms", firstLine(group), 1e-6),
      ...intervalColumns("computing", "Share", meanOf(values(group, ({ computing }) => computing))),
    };
  });
}

/** Estimates the share of stalls by held workers that were laid on who made them. */
export function recallOf(dataset: WatchData): Estimate {
  return recall(heldStalls(dataset));
}

/** Estimates the share of incidents told of in those stalls, and beside one free worker, that were laid rightly. */
export function precisionOf(dataset: WatchData): Estimate {
  return precision(samplesOf(dataset, [...workerStalls, "one-free"]));
}

/** Estimates the share of those stalls that were told of before they were over. */
export function toldWhileTheyLast(dataset: WatchData): Estimate {
  return shareBy(
    heldStalls(dataset),
    ({ firstLineNs, heldNs }) => firstLineNs !== null && firstLineNs < Number(heldNs),
  );
}

/** Estimates p99 of how far the told holds were off, over all stalls by held workers (ns). */
export function holdErrorOf(dataset: WatchData): Estimate {
  return holdError(heldStalls(dataset));
}

/** Estimates p99 of how far the told waits were off, over all stalls by held workers (ns). */
export function waitErrorOf(dataset: WatchData): Estimate {
  return waitError(heldStalls(dataset));
}

/** Estimates p99 of the time to the first line, over all stalls by held workers (ns). */
export function firstLineOf(dataset: WatchData): Estimate {
  return firstLine(heldStalls(dataset));
}

/** What the watch aims at (ns): how far off a told hold or wait may be, and how late the first line. */
const aims = { errorNs: 1e6, firstLineNs: 100e6 };

/** Estimates the share of told holds that were off by a millisecond at most. */
export function exactHoldsOf(dataset: WatchData): Estimate {
  return exactShare(dataset, "toldHeldNs", "heldNs");
}

/** Estimates the share of told waits that were off by a millisecond at most. */
export function exactWaitsOf(dataset: WatchData): Estimate {
  return exactShare(dataset, "toldWaitedNs", "waitedNs");
}

/** Estimates the share of first lines that came within 100 ms. */
export function earlyLinesOf(dataset: WatchData): Estimate {
  const told = heldStalls(dataset).filter(({ firstLineNs }) => firstLineNs !== null);
  return shareBy(told, ({ firstLineNs }) => Number(firstLineNs) <= aims.firstLineNs);
}

/**
 * Counts stretches of healthy load, their length and tasks, and the incidents told of in them, with the interval of their
 * rate per hour: incidents of one stretch need not be independent.
 */
export function healthyLoad(dataset: WatchData) {
  const stretches = samplesOf(dataset, ["none"]);
  const sum = (value: (row: Sample) => number | null) =>
    stretches.reduce((total, row) => total + Number(value(row)), 0);
  const minutes = sum(({ lastedNs }) => lastedNs) / 60e9;
  const incidents = sum(({ incidents }) => incidents);
  return {
    stretches: stretches.length,
    minutes,
    tasks: sum(({ tasks }) => tasks),
    incidents,
    ...intervalColumns(
      "falsePerHour",
      "",
      minutes === 0
        ? missing
        : clusteredPoissonInterval(
            stretches.map((row) => Number(row.incidents)),
            minutes / 60,
            confidenceLevel(),
          ),
    ),
  };
}

/**
 * Counts the stretches of healthy load with an incident and those without, and in how many of either an idle thread beside the
 * run tells of a stall of the host: 10 ms or more that the run's own CPU time does not explain.
 */
export function hostStalls(dataset: WatchData) {
  const told = new Map(
    samplesOf(dataset, ["none"]).map(({ run, incidents }) => [run, Number(incidents) > 0]),
  );
  const runs = dataset.runs.objects() as { run: number; stallLongestNs: number | null }[];
  const count = (isTold: boolean) => {
    const stretches = runs.filter(({ run }) => told.get(run) === isTold);
    return {
      stretches: stretches.length,
      stalled: stretches.filter(({ stallLongestNs }) => Number(stallLongestNs) > 0).length,
    };
  };
  return { withIncident: count(true), without: count(false) };
}

/**
 * Who sees a stall: an instrument sees it where its reading is at least half of the hold. That of the loop's delay contains
 * the period of its timer.
 */
export const instruments = {
  watch: ({ blamed, expected }: Sample) => blamed !== null && blamed === expected,
  loopDelay: ({ loopDelayNs, heldNs }: Sample) =>
    Number(loopDelayNs) - loopDelayPeriodNs >= Number(heldNs) / 2,
  utilization: ({ utilization }: Sample) => Number(utilization) >= 0.5,
  poolWaits: ({ poolWaitNs, heldNs }: Sample) => poolWaitNs !== null && poolWaitNs >= Number(heldNs) / 2,
  blockedAt: ({ blockedAtNs, heldNs }: Sample) => Number(blockedAtNs) >= Number(heldNs) / 2,
} as const satisfies Record<string, (row: Sample) => boolean>;

/**
 * Sets other instruments beside the watch in the same stalls, by source, on Piscina: the share of stalls each sees. Only the
 * watch says who; Piscina's histogram of waits is told of tasks that were served, once they are. `blocked-at` ran in every
 * fourth stall.
 */
export function instrumentVerdicts(dataset: WatchData) {
  const stalls = samplesOf(dataset, allStalls, ({ pool }) => pool === "piscina");
  return [...Map.groupBy(stalls, ({ source }) => source)].map(([source, group]) => ({
    source,
    stalls: group.length,
    ...intervalColumns("watch", "Share", shareBy(group, instruments.watch)),
    ...intervalColumns("loopDelay", "Share", shareBy(group, instruments.loopDelay)),
    ...intervalColumns("utilization", "Share", shareBy(group, instruments.utilization)),
    ...intervalColumns("poolWaits", "Share", shareBy(group, instruments.poolWaits)),
    ...intervalColumns("blockedAt", "Share", shareBy(group.filter(ranBlockedAt), instruments.blockedAt)),
  }));
}

function ranBlockedAt({ blockedAtNs }: Sample): boolean {
  return blockedAtNs !== null;
}

function holdError(stalls: readonly Sample[]): Estimate {
  return quantileOf(errors(stalls, "toldHeldNs", "heldNs"), 0.99);
}

function waitError(stalls: readonly Sample[]): Estimate {
  return quantileOf(errors(stalls, "toldWaitedNs", "waitedNs"), 0.99);
}

function firstLine(stalls: readonly Sample[]): Estimate {
  return quantileOf(
    values(stalls, ({ firstLineNs }) => firstLineNs),
    0.99,
  );
}

function exactShare(dataset: WatchData, told: Told, so: So): Estimate {
  const clean = heldStalls(dataset).filter((row) => !ranBlockedAt(row) && errorNs(row, told, so) !== null);
  return shareBy(clean, (row) => Number(errorNs(row, told, so)) <= aims.errorNs);
}

function heldStalls(dataset: WatchData): Sample[] {
  return samplesOf(dataset, workerStalls, ({ expected }) => expected !== null);
}

function recall(stalls: readonly Sample[]): Estimate {
  return shareBy(
    stalls.filter(({ expected }) => expected !== null),
    ({ blamed, expected }) => blamed === expected,
  );
}

/** Every further incident in a stall is one too many. */
function precision(stalls: readonly Sample[]): Estimate {
  const runs = byRun(stalls);
  const right = (row: Sample) => Number(row.blamed !== null && row.blamed === row.expected);
  const sum = (rows: readonly Sample[], value: (row: Sample) => number) =>
    rows.reduce((total, row) => total + value(row), 0);
  return shareOf(
    runs.map((rows) => sum(rows, right)),
    runs.map((rows) => sum(rows, ({ incidents }) => Number(incidents))),
  );
}

function errors(rows: readonly Sample[], told: Told, so: So): Runs {
  return values(
    rows.filter((row) => !ranBlockedAt(row)),
    (row) => errorNs(row, told, so),
  );
}

function errorNs(row: Sample, told: Told, so: So): number | null {
  return row[told] === null || row[so] === null
    ? null
    : Math.abs((row[told] as number) - (row[so] as number));
}

function shareBy(rows: readonly Sample[], isMarked: (row: Sample) => boolean): Estimate {
  const runs = byRun(rows);
  return shareOf(
    runs.map((ofRun) => ofRun.filter(isMarked).length),
    runs.map(({ length }) => length),
  );
}

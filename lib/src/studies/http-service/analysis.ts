import { mean, sum } from "simple-statistics";
import { difference } from "../../stats/contrast.ts";
import { meanInterval } from "../../stats/mean-interval.ts";
import { type CellQuery, cells, sampleCount } from "../../summary/cells.ts";
import { confidenceLevel } from "../../summary/confidence-level.ts";
import { type Estimate, meanOf, missing, quantileOf, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { burstPhases } from "../../tables/burst-phases.ts";
import type { RowOf } from "../../tables/columns-from.ts";
import {
  type ExperimentDeclaration,
  type FactorOf,
  type Factors,
  factorsOf,
  type SampleOf,
} from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment, response, ServiceScenario } from "./experiment.ts";

/** Any experiment that loads the service, whatever it varies. */
type ServiceExperiment = ExperimentDeclaration<Factors, typeof response>;
type ServedRow = RowOf<typeof response> & { readonly run: number };
type ServedRuns = readonly (readonly ServedAttempt[])[];

export type ServiceData = Dataset<ReturnType<typeof experiment>>;

export type GeneratorLateness = ReturnType<typeof generatorLateness>[number];
export type GoodputOverTime = ReturnType<typeof goodputOverTime>[number];
export type ServiceRate<E extends ServiceExperiment = ServiceData["declaration"]> = ReturnType<
  typeof serviceRates<E>
>[number];
export type ServiceRecovery = ReturnType<typeof serviceRecovery>[number];

/**
 * Tells how late the load generator sent what was due, by load × connections × retries: median, 99th percentile and the
 * latest of all. A generator that is late by a fraction of the deadline is not what makes requests fail.
 */
export function generatorLateness(dataset: ServiceData) {
  return cells(dataset, { value: "lateUs", by: ["load", "connections", "retries"] }).map((cell) => ({
    ...cell.levels,
    runs: cell.byRun.length,
    requests: sampleCount(cell),
    ...intervalColumns("p50", "Ms", quantileOf(cell.byRun, 0.5), 1e-3),
    ...intervalColumns("p99", "Ms", quantileOf(cell.byRun, 0.99), 1e-3),
    latestMs: Math.max(...cell.byRun.flatMap((ofRun) => Array.from(ofRun))) / 1000,
  }));
}

/** One attempt of one request, as the load generator and the server saw it. */
export interface ServedAttempt
  extends Pick<
    ServedRow,
    "request" | "attempt" | "blocking" | "beganUs" | "latencyUs" | "heldUs" | "falseTimeout"
  > {
  readonly completed: boolean;
}

/** The runs of one combination of levels. */
export interface ServiceCell<Levels> {
  readonly levels: Levels;
  readonly runs: ServedRuns;
}

/** Splits the samples of a service under load into cells of runs of attempts, in the order of the declared levels. */
export function serviceRuns<E extends ServiceExperiment, By extends keyof SampleOf<E> & string>(
  dataset: Dataset<E>,
  query: Omit<CellQuery<E, By>, "value">,
): ServiceCell<Pick<SampleOf<E>, By>>[] {
  const attempts = attemptsOfRuns(dataset);
  return cells(dataset, { ...query, value: () => 1 }).map(({ levels, runs }) => ({
    levels,
    runs: runs.map((run) => attempts.get(run) ?? []),
  }));
}

/** Gives the runs of one scenario; none where it was not measured. */
export function runsOf(dataset: ServiceData, where: Partial<ServiceScenario>): ServedRuns {
  return serviceRuns(dataset, { by: [], where })[0]?.runs ?? [];
}

function attemptsOfRuns({ samples }: Pick<Dataset, "samples">): Map<number, ServedAttempt[]> {
  const column = <Name extends keyof ServedRow>(name: Name) =>
    samples.array(name) as ArrayLike<ServedRow[Name]>;
  const [run, request, attempt] = [column("run"), column("request"), column("attempt")];
  const [blocking, outcome, falseTimeout] = [column("blocking"), column("outcome"), column("falseTimeout")];
  const [beganUs, latencyUs, heldUs] = [column("beganUs"), column("latencyUs"), column("heldUs")];
  const rows = Array.from(run, (id, row) => ({
    id,
    request: request[row] as number,
    attempt: attempt[row] as number,
    blocking: blocking[row] as boolean,
    completed: outcome[row] === "completed",
    beganUs: beganUs[row] as number,
    latencyUs: latencyUs[row] as number,
    heldUs: heldUs[row] ?? null,
    falseTimeout: falseTimeout[row] as boolean,
  }));
  return Map.groupBy(rows, ({ id }) => id);
}

const bursts = { by: ["treatment", "retries"], where: { load: "burst" } } as const;

const windowMs = 250;
const windows = (burstPhases.beforeMs + burstPhases.burstMs + burstPhases.afterMs) / windowMs;

/**
 * Follows a burst in steps of a quarter of a second, by treatment × retries × middle of the step (s): requests meant to
 * start, attempts sent and answers 200, each a second, the last two with 95 % intervals over runs.
 */
export function goodputOverTime(dataset: ServiceData) {
  return serviceRuns(dataset, bursts).flatMap(({ levels, runs }) =>
    Array.from({ length: windows }, (_, window) => {
      const perSecond = (time: (attempt: ServedAttempt) => number | null) =>
        notNegative(meanOf(runs.map((attempts) => Float64Array.of(countIn(window, attempts, time)))));
      return {
        ...levels,
        seconds: ((window + 0.5) * windowMs) / 1000,
        runs: runs.length,
        offered: perSecond(({ attempt, beganUs }) => (attempt === 0 ? beganUs : null)).estimate,
        ...intervalColumns(
          "sent",
          "",
          perSecond(({ beganUs }) => beganUs),
        ),
        ...intervalColumns(
          "goodput",
          "",
          perSecond(({ completed, beganUs, latencyUs }) => (completed ? beganUs + latencyUs : null)),
        ),
      };
    }),
  );
}

/** Cuts the interval of a mean of counts at what a count can be. */
function notNegative({ estimate, low, high }: Estimate): Estimate {
  return { estimate, low: low === null ? null : Math.max(0, low), high };
}

function countIn(
  window: number,
  attempts: readonly ServedAttempt[],
  time: (attempt: ServedAttempt) => number | null,
): number {
  const times = attempts.map(time).filter((us) => us !== null);
  return times.filter((us) => Math.floor(us / 1000 / windowMs) === window).length * (1000 / windowMs);
}

/** Computes the goodput of a run: answers 200 a second, up to its last answer. */
export function goodputOf(attempts: readonly ServedAttempt[]): number {
  const lastUs = attempts.reduce((last, { beganUs, latencyUs }) => Math.max(last, beganUs + latencyUs), 0);
  const completed = attempts.filter((attempt) => attempt.completed).length;
  return lastUs === 0 ? 0 : (completed / lastUs) * 1e6;
}

/**
 * Estimates by which factor goodput differs between two cells: the ratio of geometric means, its interval from those of
 * the logarithms. Missing where a run completed nothing, without interval for a single run.
 */
export function goodputRatio(treatment: ServedRuns, control: ServedRuns): Estimate {
  const [a, b] = [treatment, control].map((runs) => runs.map((ofRun) => Math.log(goodputOf(ofRun))));
  const logs = [...(a ?? []), ...(b ?? [])];
  if (!a?.length || !b?.length || !logs.every(Number.isFinite)) return missing;
  const [of, over] = [a, b].map((ofRuns) => meanInterval(ofRuns, confidenceLevel()));
  if (!of || !over) return { ...missing, estimate: Math.exp(mean(a) - mean(b)) };
  const { estimate, low, high } = difference(of, over);
  return { estimate: Math.exp(estimate), low: Math.exp(low), high: Math.exp(high) };
}

/**
 * Describes a service under steady load, by all factors of its experiment: failure rate of all requests and of each path,
 * goodput (answers 200 a second), latency, and the share of the workers' time that went into requests which were
 * answered 504, with 95 % intervals over runs; and false time-outs, requests whose work had ended in time. Bursts, which are not steady, are left out.
 */
export function serviceRates<E extends ServiceExperiment>(dataset: Dataset<E>) {
  const by: readonly FactorOf<E>[] = factorsOf(dataset.declaration);
  return serviceRuns(dataset, { by })
    .filter(isSteady)
    .map(({ levels, runs }) => {
      const latencies = runs.map((ofRun) => Float64Array.from(ofRun, ({ latencyUs }) => latencyUs));
      return {
        ...levels,
        runs: runs.length,
        requests: sum(runs.map(({ length }) => length)),
        ...intervalColumns("failure", "Share", failureOf(runs)),
        ...intervalColumns("plainFailure", "Share", failureOf(runs, false)),
        ...intervalColumns("blockingFailure", "Share", failureOf(runs, true)),
        ...intervalColumns("goodput", "", meanOf(runs.map((ofRun) => Float64Array.of(goodputOf(ofRun))))),
        ...intervalColumns("p50", "Ms", quantileOf(latencies, 0.5), 1e-3),
        ...intervalColumns("p99", "Ms", quantileOf(latencies, 0.99), 1e-3),
        ...intervalColumns("deadWork", "Share", withinOne(meanOf(runs.map(deadWork)))),
        falseTimeouts: runs.flat().filter(({ falseTimeout }) => falseTimeout).length,
      };
    });
}

function isSteady({ levels }: { readonly levels: object }): boolean {
  return !("load" in levels && levels.load === "burst");
}

/** Estimates the share of requests that were not answered 200: of all, or of those on one path. */
export function failureOf(runs: ServedRuns, blocking?: boolean): Estimate {
  const chosen = runs.map((ofRun) =>
    blocking === undefined ? ofRun : ofRun.filter((attempt) => attempt.blocking === blocking),
  );
  return shareOf(
    chosen.map((ofRun) => ofRun.filter(({ completed }) => !completed).length),
    chosen.map(({ length }) => length),
  );
}

function deadWork(attempts: readonly ServedAttempt[]): Float64Array {
  const held = (some: readonly ServedAttempt[]) => sum(some.map(({ heldUs }) => heldUs ?? 0));
  const all = held(attempts);
  return all === 0
    ? new Float64Array()
    : Float64Array.of(held(attempts.filter(({ completed }) => !completed)) / all);
}

/** Cuts the interval of a mean of shares at what a share can be. */
function withinOne({ estimate, low, high }: Estimate): Estimate {
  return {
    estimate,
    low: low === null ? null : Math.max(0, low),
    high: high === null ? null : Math.min(1, high),
  };
}

const { beforeMs, burstMs, afterMs } = burstPhases;
const burstEndMs = beforeMs + burstMs;
const endMs = burstEndMs + afterMs;

/** A service is well again when this share of its requests succeeds, and goes on to. */
const wellShare = 0.9;

/**
 * Tells whether and when a service recovers after a burst, by treatment × retries: the share of requests that succeed
 * (with any attempt) before the burst and in the last second, long after it; how many runs recovered while they were
 * watched; and how long that took from the end of the burst, missing unless every run recovered.
 */
export function serviceRecovery(dataset: ServiceData) {
  return serviceRuns(dataset, bursts).map(({ levels, runs }) => {
    const times = runs.map(recoveryMs);
    const recovered = times.filter((ms) => ms !== null);
    const recovery =
      recovered.length === runs.length ? meanOf(recovered.map((ms) => Float64Array.of(ms))) : missing;
    return {
      ...levels,
      runs: runs.length,
      recoveredRuns: recovered.length,
      ...intervalColumns("recovery", "Ms", recovery),
      ...intervalColumns("before", "Share", successOf(runs, 0, beforeMs)),
      ...intervalColumns("lastSecond", "Share", lastSecondSuccess(runs)),
    };
  });
}

/** Estimates the share of the last second's requests that succeeded, with any attempt. */
export function lastSecondSuccess(runs: ServedRuns): Estimate {
  return successOf(runs, endMs - 1000, endMs);
}

function successOf(runs: ServedRuns, fromMs: number, toMs: number): Estimate {
  const counts = runs.map((attempts) => succeeded(attempts, fromMs, toMs));
  return shareOf(
    counts.map(({ good }) => good),
    counts.map(({ all }) => all),
  );
}

/** Time from the end of the burst to the window from which on all are well; null if the last one is not. */
function recoveryMs(attempts: readonly ServedAttempt[]): number | null {
  let recovered: number | null = null;
  for (let start = endMs - windowMs; start >= burstEndMs; start -= windowMs) {
    const { good, all } = succeeded(attempts, start, start + windowMs);
    if (good < wellShare * all) break;
    recovered = start - burstEndMs;
  }
  return recovered;
}

/** Counts the requests meant to start within a time, and those of them that some attempt brought to an end. */
function succeeded(attempts: readonly ServedAttempt[], fromMs: number, toMs: number) {
  const asked = new Set(
    attempts
      .filter(({ attempt, beganUs }) => attempt === 0 && beganUs >= fromMs * 1000 && beganUs < toMs * 1000)
      .map(({ request }) => request),
  );
  const good = new Set(
    attempts
      .filter(({ request, completed }) => completed && asked.has(request))
      .map(({ request }) => request),
  );
  return { good: good.size, all: asked.size };
}

import { totalOf, type WatchedRow, type WatchedRun } from "./watched-runs.ts";

/**
 * What an instrument shows of a run, in one number: a delay (ns), which grows with trouble, or the share of its time that
 * a thread is in use, which grows to 1. Null where it shows nothing.
 */
export interface Instrument<Name extends string = string> {
  readonly name: Name;
  readonly from: "Node" | "Piscina" | "poll records";
  readonly scale: "delay" | "share" | "ratio";
  /** What a dashboard would show: the worst delay of all workers, or the share of the idlest one. */
  read(run: WatchedRun): number | null;
  /** The reading of the worst worker; the same as `read` where it looks at no worker. */
  readWorst(run: WatchedRun): number | null;
  /** The worst reading of a worker that no blocker held; null where it looks at no worker, or all were held. */
  readHealthy(run: WatchedRun): number | null;
}

/** Its readings contain the period of its timer. */
const loopDelayPeriodNs = 10e6;

const loopDelay = ({ loopDelayP99Ns }: WatchedRow) =>
  loopDelayP99Ns === null ? null : loopDelayP99Ns - loopDelayPeriodNs;
const utilization = (row: WatchedRow) => row.utilization;
const longestHold = ({ longestHoldNs }: WatchedRow) => longestHoldNs;

/** CPU time of a thread over the time the instruments ran. */
export const cpuShare = ({ cpuNs, wallNs }: WatchedRow) => Number(cpuNs) / Number(wallNs);

/** Time a worker was held, by the poll records, over the time the instruments ran. */
export const busyShare = ({ busyNs, wallNs }: WatchedRow) => Number(busyNs) / Number(wallNs);

/** The instruments under study: Node's on the workers and on the main thread, Piscina's, and the study's own records. */
export const instruments = [
  ofWorkers("event-loop delay, workers", "Node", "delay", loopDelay),
  ofWorkers("event-loop utilisation, workers", "Node", "share", utilization),
  ofWorkers("thread CPU, workers", "Node", "share", cpuShare),
  ofAll("event-loop delay, main thread", "Node", "delay", ({ main }) => loopDelay(main)),
  ofAll("event-loop utilisation, main thread", "Node", "share", ({ main }) => utilization(main)),
  ofAll("thread CPU, main thread", "Node", "share", ({ main }) => cpuShare(main)),
  ofAll("waitTime p99", "Piscina", "delay", ({ pool }) => pool.waitP99Ns),
  ofAll("runTime p99", "Piscina", "delay", ({ pool }) => pool.runP99Ns),
  ofAll("utilization", "Piscina", "share", ({ pool }) => utilization(pool)),
  ofAll("Sched per poll", "poll records", "delay", ({ probes }) => meanSched(probes)),
  ofAll("Sched:Busy", "poll records", "ratio", ({ probes }) => schedToBusy(probes)),
  ofWorkers("busy share", "poll records", "share", busyShare),
  ofWorkers("longest hold", "poll records", "delay", longestHold),
] as const satisfies readonly Instrument[];

export type InstrumentName = (typeof instruments)[number]["name"];

/** Divides the time that tasks were scheduled but not running by the time they ran, as tokio-console shows both. */
export function schedToBusy(tasks: readonly WatchedRow[]): number {
  return totalOf(tasks, "schedNs") / totalOf(tasks, "busyNs");
}

function meanSched(tasks: readonly WatchedRow[]): number {
  return totalOf(tasks, "schedNs") / totalOf(tasks, "polls");
}

function ofAll<const Name extends string>(
  name: Name,
  from: Instrument["from"],
  scale: Instrument["scale"],
  read: Instrument["read"],
): Instrument<Name> {
  const readHealthy = (run: WatchedRun) => (run.levels.blockers === 0 ? read(run) : null);
  return { name, from, scale, read, readWorst: read, readHealthy };
}

function ofWorkers<const Name extends string>(
  name: Name,
  from: Instrument["from"],
  scale: "delay" | "share",
  value: (worker: WatchedRow) => number | null,
): Instrument<Name> {
  const values = (rows: readonly WatchedRow[]) => rows.map(value).filter((each) => each !== null);
  const pick = scale === "delay" ? Math.max : Math.min;
  return {
    name,
    from,
    scale,
    read: ({ workers }) => extreme(values(workers), pick),
    readWorst: ({ workers }) => extreme(values(workers), Math.max),
    readHealthy: ({ workers }) =>
      extreme(values(workers.filter((worker) => worker.blockedNs === 0)), Math.max),
  };
}

function extreme(values: readonly number[], pick: (...values: number[]) => number): number | null {
  return values.length === 0 ? null : pick(...values);
}

import type { Incident } from "../incident/incident.ts";
import type { Trace } from "./read-trace.ts";
import type { TraceRow } from "./trace-schema.ts";

/** What one task came to in a stretch of a trace. */
export interface TaskSummary {
  readonly pool: string;
  readonly task: string;
  /** Waiting for a worker when the trace was last written. */
  readonly waiting: number;
  readonly polls: number;
  readonly busyNs: number;
  readonly longestHoldNs: number;
  /** Quantiles of submission to start, the nearest rank (ns); null without a poll. */
  readonly waitP50Ns: number | null;
  readonly waitP99Ns: number | null;
}

/** What one worker did. */
export interface WorkerSummary {
  readonly pool: string;
  readonly worker: number;
  readonly polls: number;
  readonly busyNs: number;
  /** Who holds it, and for how long (ns), when the trace was last written. */
  readonly heldBy: string | null;
  readonly heldNs: number | null;
}

/** A trace in numbers. */
export interface TraceSummary {
  readonly pid: number;
  readonly command: string;
  readonly node: string;
  readonly began: string;
  readonly writtenNs: number;
  readonly libuvWaitNs: number | null;
  readonly pools: readonly { readonly pool: string; readonly workers: number; readonly loads: number }[];
  readonly tasks: readonly TaskSummary[];
  readonly workers: readonly WorkerSummary[];
  readonly incidents: readonly Incident[];
  /** A sentence for everything that could not be seen. */
  readonly gaps: readonly string[];
}

/** Sums up a trace, or what of it was submitted since a moment (ns since the watch began). */
export function summarise({ facts, rows, incidents, gaps }: Trace, sinceNs = 0): TraceSummary {
  const recent = rows.filter(
    ({ dueNs, endedNs }) => dueNs >= sinceNs || endedNs === null || endedNs >= sinceNs,
  );
  const key = ({ pool, task }: TraceRow) => JSON.stringify([pool, task]);
  const workerKey = ({ pool, worker }: TraceRow) => JSON.stringify([pool, worker]);
  const started = recent.filter(({ worker }) => worker >= 0);
  const { writtenNs } = facts;
  return {
    pid: facts.pid,
    command: facts.command,
    node: facts.node,
    began: facts.began,
    writtenNs,
    libuvWaitNs: facts.libuvWaitNs,
    pools: facts.pools.map(({ pool, workers, loads }) => ({ pool, workers, loads })),
    tasks: [...Map.groupBy(recent, key).values()].map((polls) => sumTask(polls, writtenNs)),
    workers: [...Map.groupBy(started, workerKey).values()]
      .map((polls) => sumWorker(polls, writtenNs))
      .sort((a, b) => (a.pool < b.pool ? -1 : a.pool > b.pool ? 1 : a.worker - b.worker)),
    incidents,
    gaps: [...gaps, ...unexplained(facts.pools)],
  };
}

/** Waits without a culprit are said, too: no incident does not mean no delay. */
function unexplained(pools: Trace["facts"]["pools"]): string[] {
  return pools
    .filter(({ loads }) => loads > 0)
    .map(
      ({ pool, loads }) =>
        `in pool \`${pool}\` tasks waited ${loads} ${loads === 1 ? "time" : "times"} while no task held a worker long: ` +
        "too much load for its workers, nobody to blame",
    );
}

function sumTask(polls: readonly TraceRow[], writtenNs: number): TaskSummary {
  const { pool, task } = polls[0] as TraceRow;
  const ran = polls.filter(({ startedNs }) => startedNs !== null);
  const holds = ran.map((row) => heldNs(row, writtenNs));
  const waits = ran.map(({ dueNs, startedNs }) => (startedNs as number) - dueNs).sort((a, b) => a - b);
  return {
    pool,
    task,
    waiting: polls.filter(({ tag, startedNs }) => tag === 2 && startedNs === null).length,
    polls: ran.length,
    busyNs: holds.reduce((sum, ns) => sum + ns, 0),
    longestHoldNs: holds.reduce((longest, ns) => Math.max(longest, ns), 0),
    waitP50Ns: quantile(waits, 0.5),
    waitP99Ns: quantile(waits, 0.99),
  };
}

function sumWorker(polls: readonly TraceRow[], writtenNs: number): WorkerSummary {
  const { pool, worker } = polls[0] as TraceRow;
  const open = polls.find(({ tag, endedNs }) => tag === 2 && endedNs === null);
  return {
    pool,
    worker,
    polls: polls.length,
    busyNs: polls.reduce((sum, row) => sum + heldNs(row, writtenNs), 0),
    heldBy: open?.task ?? null,
    heldNs: open === undefined ? null : heldNs(open, writtenNs),
  };
}

function heldNs({ startedNs, endedNs }: TraceRow, writtenNs: number): number {
  return startedNs === null ? 0 : Math.max(0, (endedNs ?? writtenNs) - startedNs);
}

/** The nearest rank: the smallest value that so large a part of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

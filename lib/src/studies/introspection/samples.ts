import { range } from "../../design/design-parts.ts";
import type { Records } from "../../executor/executor.ts";
import type { PollColumns } from "../../executor/poll-log.ts";
import type { PoolReading } from "../../executor/readings.ts";
import type { ThreadReading } from "../../measure/watch-thread.ts";
import { columnsFrom, type RowOf } from "../../tables/columns-from.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";

type Row = RowOf<typeof response>;

/** Who is who among the tasks: probes first, then blockers. */
export interface Cast {
  readonly probes: number;
  readonly tasks: number;
  readonly workers: number;
}

/** Sums up a run's polls by task and by worker, and sets the instruments' readings beside them. */
export function introspectionSamples(
  { polls, readings }: Records,
  { probes, tasks, workers }: Cast,
): ColumnsOf<typeof response> {
  if (readings === undefined) throw new TypeError("readings are missing: run the executor with watch");
  const rowsOfTask = rowsBy(polls.task);
  const rowsOfWorker = rowsBy(polls.worker);
  const rows: Partial<Row>[] = [
    ...range(0, tasks - 1).map((task) => ({
      kind: task < probes ? "probe" : "blocker",
      number: task < probes ? task : task - probes,
      ...taskSums(polls, rowsOfTask.get(task) ?? []),
    })),
    ...range(0, workers - 1).map((worker) => ({
      kind: "worker",
      number: worker,
      ...workerSums(polls, rowsOfWorker.get(worker) ?? [], probes),
      ...threadColumns(readings.workers[worker] as ThreadReading),
    })),
    { kind: "main", number: 0, ...threadColumns(readings.main) },
    { kind: "pool", number: 0, wallNs: readings.main.wallNs, ...poolColumns(readings.pool) },
  ];
  return columnsFrom(
    response,
    rows.map((row) => ({ ...absent, ...row }) as Row),
  );
}

/** What a column holds in rows of a kind that does not have it. */
const absent = Object.fromEntries(Object.keys(response).map((name) => [name, null]));

function taskSums(polls: PollColumns, rows: readonly number[]): Partial<Row> {
  const dispatched = rows.some((row) => !Number.isNaN(polls.enqueuedNs[row]));
  const handedNs = (row: number) => (dispatched ? polls.enqueuedNs : polls.dueNs)[row] as number;
  const busyNs = sum(rows, (row) => heldNs(polls, row));
  const schedNs = sum(rows, (row) => (polls.startedNs[row] as number) - handedNs(row));
  const lateNs = sum(rows, (row) => handedNs(row) - (polls.dueNs[row] as number));
  const lifeNs = rows.reduce((last, row) => Math.max(last, polls.endedNs[row] as number), 0);
  return {
    polls: rows.length,
    busyNs,
    schedNs,
    lateNs: dispatched ? lateNs : null,
    idleNs: Math.round(lifeNs) - busyNs - schedNs - lateNs,
  };
}

function workerSums(polls: PollColumns, rows: readonly number[], probes: number): Partial<Row> {
  return {
    polls: rows.length,
    busyNs: sum(rows, (row) => heldNs(polls, row)),
    blockedNs: sum(
      rows.filter((row) => (polls.task[row] as number) >= probes),
      (row) => heldNs(polls, row),
    ),
    longestHoldNs: Math.round(rows.reduce((longest, row) => Math.max(longest, heldNs(polls, row)), 0)),
  };
}

function threadColumns({ wallNs, cpuNs, utilization, loopDelay }: ThreadReading): Partial<Row> {
  return {
    wallNs,
    cpuNs,
    utilization,
    loopDelayCount: loopDelay?.count ?? 0,
    loopDelayMeanNs: loopDelay && Math.round(loopDelay.meanNs),
    loopDelayP99Ns: loopDelay && Math.round(loopDelay.p99Ns),
  };
}

function poolColumns({ utilization, ...times }: PoolReading): Partial<Row> {
  return { ...times, utilization: Number.isFinite(utilization) ? utilization : null };
}

function heldNs(polls: PollColumns, row: number): number {
  return (polls.endedNs[row] as number) - (polls.startedNs[row] as number);
}

function sum(rows: readonly number[], value: (row: number) => number): number {
  return Math.round(rows.reduce((total, row) => total + value(row), 0));
}

function rowsBy(keys: Int32Array): Map<number, number[]> {
  return Map.groupBy(keys.keys(), (row) => keys[row] as number);
}

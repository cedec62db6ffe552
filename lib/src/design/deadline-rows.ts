import { sum } from "simple-statistics";
import type { Records } from "../executor/executor.ts";
import type { ExecutorName } from "../executor/executors.ts";
import type { PollColumns } from "../executor/poll-log.ts";
import type { Readings } from "../executor/readings.ts";
import { columnsFrom, type RowOf } from "../tables/columns-from.ts";
import { deadlineResponse } from "../tables/deadline-response.ts";
import type { ColumnsOf } from "../tables/schema.ts";
import { requestEvent } from "../workload/client.ts";
import type { DeadlineRounds } from "./deadline-rounds.ts";
import { range } from "./design-parts.ts";

/** Rows that one run keeps at most; of more requests or polls, every k-th. */
const mostRequests = 200;
const mostPolls = 400;

type DeadlineResponse = typeof deadlineResponse;
type Row = RowOf<DeadlineResponse>;

/** What a row has only where its kind measures it. */
const unmeasured = {
  round: null,
  task: null,
  requests: null,
  timedOut: null,
  falseTimeouts: null,
  outcome: null,
  timedNs: null,
  overheadNs: null,
  dispatchNs: null,
  polls: null,
  loadNs: null,
  threadCpuNs: null,
  workersCpuNs: null,
} as const;

/** Turns what a run left behind into rows of `deadlineResponse`. */
export function deadlineRows(
  { polls, events, readings }: Records,
  {
    executor,
    tasks,
    rounds,
    leadMs,
  }: Pick<DeadlineRounds, "executor" | "tasks" | "rounds"> & { readonly leadMs: number },
): ColumnsOf<DeadlineResponse> {
  const requests = events.map((event) =>
    Object.fromEntries(requestEvent.map((name, i) => [name, Math.round(event[i] as number)])),
  ) as Record<(typeof requestEvent)[number], number>[];
  const own = pollsOfTasks(polls, tasks);
  const everyTask = Math.ceil((tasks * rounds) / mostRequests);
  const everyPoll = Math.ceil(own.length / mostPolls);

  const rows: Row[] = [
    ...range(0, rounds - 1).map((round): Row => {
      const ofRound = requests.filter((request) => request.round === round);
      return {
        ...unmeasured,
        kind: "tally",
        round,
        requests: ofRound.length,
        timedOut: ofRound.filter(({ timedOut }) => timedOut === 1).length,
        falseTimeouts: ofRound.filter(({ falseTimeout }) => falseTimeout === 1).length,
      };
    }),
    ...requests
      .filter(({ client }) => client % everyTask === 0)
      .map(
        (request): Row => ({
          ...unmeasured,
          kind: "request",
          round: request.round,
          task: request.client,
          outcome: request.timedOut === 1 ? "timed-out" : "completed",
          timedNs: request.timedNs,
          overheadNs: request.waitNs,
        }),
      ),
    ...own
      .filter((_, i) => i % everyPoll === 0)
      .map(
        (row): Row => ({
          ...unmeasured,
          kind: "poll",
          task: polls.task[row] as number,
          overheadNs: Math.round((polls.startedNs[row] as number) - (polls.dueNs[row] as number)),
          dispatchNs: whole((polls.enqueuedNs[row] as number) - (polls.dueNs[row] as number)),
        }),
      ),
    ...(readings ? [dispatchRow(readings, executor, own.length, leadMs)] : []),
  ];
  return columnsFrom(deadlineResponse, rows);
}

function dispatchRow(
  { main, workers }: Readings,
  executor: ExecutorName,
  polls: number,
  leadMs: number,
): Row {
  const dispatcher = executor === "pinned" ? workers.reduce((a, b) => (b.cpuNs > a.cpuNs ? b : a)) : main;
  return {
    ...unmeasured,
    kind: "dispatch",
    polls,
    loadNs: Math.round(dispatcher.wallNs - leadMs * 1e6),
    threadCpuNs: dispatcher.cpuNs,
    workersCpuNs: sum(workers.map(({ cpuNs }) => cpuNs)),
  };
}

/** Rows of the polls that tasks slept for, in the order in which they ended; those before the first round left out. */
function pollsOfTasks({ task, tag }: PollColumns, tasks: number): number[] {
  return Array.from(task.keys()).filter((row) => (task[row] as number) < tasks && (tag[row] as number) >= 0);
}

function whole(ns: number): number | null {
  return Number.isNaN(ns) ? null : Math.round(ns);
}

import type { Records } from "../executor/executor.ts";
import type { ExecutorName } from "../executor/executors.ts";
import type { PollColumns } from "../executor/poll-log.ts";
import type { Readings } from "../executor/readings.ts";
import type { Columns, Schema } from "../tables/schema.ts";
import { requestEvent } from "../workload/client.ts";
import type { DeadlineRounds } from "./deadline-rounds.ts";
import { range } from "./design-parts.ts";

/** Rows that one run keeps at most; of more requests or polls, every k-th. */
const mostRequests = 200;
const mostPolls = 400;

/** One table, four kinds of rows: every request is counted, some are kept whole, and so are some polls. */
export const deadlineResponse: Schema = {
  kind: {
    type: "category",
    unit: "",
    meaning:
      "tally: all requests of one round, counted; request and poll: every k-th one, a few hundred a run; dispatch: one row a run",
  },
  round: { type: "uint8", unit: "1", meaning: "number of the request within its task", nullable: true },
  task: {
    type: "uint16",
    unit: "1",
    meaning: "task that sent the request or slept the poll",
    nullable: true,
  },
  requests: {
    type: "uint32",
    unit: "1",
    meaning: "tally: requests of all tasks in this round",
    nullable: true,
  },
  timedOut: { type: "uint32", unit: "1", meaning: "tally: requests that timed out", nullable: true },
  falseTimeouts: {
    type: "uint32",
    unit: "1",
    meaning: "tally: timed out although the last poll had ended within the time-out",
    nullable: true,
  },
  outcome: { type: "category", unit: "", meaning: "request: completed or timed-out", nullable: true },
  timedNs: {
    type: "int64",
    unit: "ns",
    meaning: "request: end or time-out − start of its 100 ms timer",
    nullable: true,
  },
  overheadNs: {
    type: "int64",
    unit: "ns",
    meaning: "poll: started − due; request: the sum over its polls",
    nullable: true,
  },
  dispatchNs: {
    type: "int64",
    unit: "ns",
    meaning: "poll: handed to the workers − due; null where nobody stands between timer and worker",
    nullable: true,
  },
  polls: { type: "uint32", unit: "1", meaning: "dispatch: polls of the tasks in the run", nullable: true },
  loadNs: {
    type: "int64",
    unit: "ns",
    meaning: "dispatch: from the start of the tasks to the end of the run",
    nullable: true,
  },
  threadCpuNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "dispatch: CPU time of the thread that turns timers into polls; of the busiest where each worker does",
    nullable: true,
  },
  workersCpuNs: {
    type: "int64",
    unit: "ns",
    meaning: "dispatch: CPU time of all workers together",
    nullable: true,
  },
};

type Row = Partial<Record<keyof typeof deadlineResponse, number | string | null>>;

/** Turns what a run left behind into rows of `deadlineResponse`. */
export function deadlineRows(
  { polls, events, readings }: Records,
  {
    executor,
    tasks,
    rounds,
    leadMs,
  }: Pick<DeadlineRounds, "executor" | "tasks" | "rounds"> & { readonly leadMs: number },
): Columns {
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
          kind: "poll",
          task: polls.task[row] as number,
          overheadNs: Math.round((polls.startedNs[row] as number) - (polls.dueNs[row] as number)),
          dispatchNs: whole((polls.enqueuedNs[row] as number) - (polls.dueNs[row] as number)),
        }),
      ),
    ...(readings ? [dispatchRow(readings, executor, own.length, leadMs)] : []),
  ];
  return Object.fromEntries(
    Object.keys(deadlineResponse).map((name) => [name, rows.map((row) => row[name] ?? null)]),
  );
}

function dispatchRow(
  { main, workers }: Readings,
  executor: ExecutorName,
  polls: number,
  leadMs: number,
): Row {
  const dispatcher = executor === "pinned" ? workers.reduce((a, b) => (b.cpuNs > a.cpuNs ? b : a)) : main;
  return {
    kind: "dispatch",
    polls,
    loadNs: Math.round(dispatcher.wallNs - leadMs * 1e6),
    threadCpuNs: dispatcher.cpuNs,
    workersCpuNs: workers.reduce((sum, { cpuNs }) => sum + cpuNs, 0),
  };
}

/** Rows of the polls that tasks slept for, in the order in which they ended; those before the first round left out. */
function pollsOfTasks({ task, tag }: PollColumns, tasks: number): number[] {
  return Array.from(task.keys()).filter((row) => (task[row] as number) < tasks && (tag[row] as number) >= 0);
}

function whole(ns: number): number | null {
  return Number.isNaN(ns) ? null : Math.round(ns);
}

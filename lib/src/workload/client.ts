import type { Task, TaskProgram } from "./task.ts";

export interface ClientParameters {
  readonly client: number;
  readonly requests: number;
  /** Share of requests that take the blocking path. */
  readonly blockingShare: number;
  readonly blockMs: number;
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly timeoutMs: number;
  readonly startMs: number;
}

export interface RequestParameters extends Omit<ClientParameters, "startMs" | "requests"> {
  readonly request: number;
  readonly round: number;
  /** Intended start; the request is late from here on, whoever delayed it. */
  readonly intendedMs: number;
}

/** Columns of the event row that every request emits. */
export const requestEvent = [
  "request",
  "client",
  "round",
  "blocking",
  "beganNs",
  "latencyNs",
  "timedNs",
  "timedOut",
  "falseTimeout",
  "polls",
  "waitNs",
] as const;

/** Sends its next request when the last one has ended: closed loop. */
export const client: TaskProgram<ClientParameters> = async (task, parameters) => {
  task.tag = -1;
  if (parameters.startMs > 0) await task.sleep(parameters.startMs);
  for (let round = 0; round < parameters.requests; round++) {
    const number = parameters.client * parameters.requests + round;
    await request(task, { ...parameters, request: number, round }, task.now(), 0);
  }
};

/** Sends one request at its intended time, whether or not the one before has ended: open loop. */
export const arrival: TaskProgram<RequestParameters> = async (task, parameters) => {
  task.tag = parameters.request;
  await task.sleepUntil(parameters.intendedMs);
  await request(task, parameters, parameters.intendedMs * 1e6, overhead(task));
};

/** Spreads the blocking requests evenly: the golden ratio never falls into step with the client count. */
export function takesBlockingPath(request: number, share: number): boolean {
  return (request * 0.618033988) % 1 < share;
}

/**
 *     began      timed                       deadline
 *       │ park?   │ sleep 1 ms × 10 …            │
 *       ├─────────┼──poll──poll──poll──…──poll───┤
 *       the blocking path ends before the timer starts, so a request never pays for its own block
 *
 * After a time-out the task still waits for the poll in flight: it cannot go on before a worker has run it,
 * and that poll tells whether the work had in truth been done in time.
 */
async function request(
  task: Task,
  parameters: Omit<RequestParameters, "intendedMs">,
  beganNs: number,
  waitedNs: number,
): Promise<void> {
  const { sleeps, sleepMs, timeoutMs } = parameters;
  const blocking = takesBlockingPath(parameters.request, parameters.blockingShare);
  task.tag = parameters.request;
  let waitNs = waitedNs;
  if (blocking) {
    await task.poll({ work: "park", argument: parameters.blockMs, times: 1 });
    waitNs += overhead(task);
  }

  const timedFromNs = task.now();
  let expired = false;
  let polls = 0;
  const steps = async (): Promise<void> => {
    while (polls < sleeps && !expired) {
      await task.sleep(sleepMs);
      polls++;
      waitNs += overhead(task);
    }
  };
  const work = steps();
  const timer = Promise.withResolvers<void>();
  const timeout = setTimeout(() => {
    expired = true;
    timer.resolve();
  }, timeoutMs);
  await Promise.race([work, timer.promise]);
  clearTimeout(timeout);
  const endedNs = task.now();
  const timedOut = expired;
  await work;

  const doneInTime = polls === sleeps && task.last.endedNs <= timedFromNs + timeoutMs * 1e6;
  task.emit(
    parameters.request,
    parameters.client,
    parameters.round,
    Number(blocking),
    beganNs,
    endedNs - beganNs,
    endedNs - timedFromNs,
    Number(timedOut),
    Number(timedOut && doneInTime),
    polls,
    waitNs,
  );
}

function overhead({ last }: Task): number {
  return last.startedNs - last.dueNs;
}

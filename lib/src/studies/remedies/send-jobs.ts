import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../measure/clock.ts";
import type { RemedyName, Route } from "./remedy-routes.ts";
import type { CallPattern, RemedySample } from "./run.ts";

interface Sending {
  readonly pattern: CallPattern;
  readonly remedy: RemedyName;
  readonly route: Route;
  readonly amount: number;
  readonly payload: Uint8Array | null;
  readonly now: Clock;
  readonly random: () => number;
}

/** How much earlier than the deadline a waiting job is withdrawn: what it would still need once it has a worker. */
const aheadMs: Partial<Record<RemedyName, number>> = { "abort-at-deadline": 0, "abort-in-time": 50 };

/** Sends the jobs of a run; resolves when all of them have ended, those that were given up included. */
export async function sendJobs(sending: Sending): Promise<RemedySample[]> {
  const { pattern, now, random } = sending;
  const { windowMs, callers, jobs, jobsPerSecond } = pattern;
  const taken = new Int32Array(new SharedArrayBuffer(4 * 4096));
  const samples: RemedySample[] = [];
  let number = 0;
  const send = async (dueMs: number) => {
    samples.push(await sendJob(sending, { cells: taken, index: number++ % taken.length }, dueMs * 1e6));
  };
  const caller = async (): Promise<void> => {
    for (let sent = 0; sent < jobs && now() < windowMs * 1e6; sent++) await send(now() / 1e6);
  };
  const arrival = async (dueMs: number): Promise<void> => {
    await delay(Math.max(0, Math.ceil(dueMs - now() / 1e6)));
    await send(dueMs);
  };
  const arrivals = Math.round((jobsPerSecond * windowMs) / 1000);
  await Promise.all(
    callers === null
      ? Array.from({ length: arrivals }, () => arrival(random() * windowMs))
      : Array.from({ length: callers }, caller),
  );
  return samples;
}

/**
 *     submitted            withdrawn, if it still waits     deadline
 *        ├── waits in queue ────────┤                          │
 *        ├── waits in queue ──┤ 50 ms on a worker ├  completed │
 *        ├── waits in queue ───────────────┤ 50 ms on a worker │…  given up, and the worker is held all the same
 *
 * A job that a worker has taken is left alone: aborting it would kill the worker.
 */
async function sendJob(
  { pattern: { deadlineMs }, remedy, route, amount, payload, now }: Sending,
  taken: { readonly cells: Int32Array; readonly index: number },
  dueNs: number,
): Promise<RemedySample> {
  const controller = new AbortController();
  const withdrawMs = aheadMs[remedy];
  const signal = withdrawMs === undefined ? {} : { signal: controller.signal };
  Atomics.store(taken.cells, taken.index, 0);
  const done = route({
    amount,
    ...(payload && { payload }),
    ...(deadlineMs !== null && { taken }),
    ...signal,
  }).then(
    (heldNs) => ({ endedNs: now(), heldNs }),
    (error: unknown) => {
      if (controller.signal.aborted) return { endedNs: now(), heldNs: null };
      throw error;
    },
  );
  const withdraw = () => {
    if (Atomics.load(taken.cells, taken.index) === 0) controller.abort();
  };
  const timer =
    deadlineMs !== null && withdrawMs !== undefined
      ? setTimeout(withdraw, Math.max(0, deadlineMs - withdrawMs - (now() - dueNs) / 1e6))
      : undefined;
  const { endedNs, heldNs } = await done;
  clearTimeout(timer);

  const tookNs = endedNs - dueNs;
  const inTime = !controller.signal.aborted && (deadlineMs === null || tookNs <= deadlineMs * 1e6);
  return {
    kind: "job",
    dueNs,
    dispatchNs: null,
    delayNs: inTime || deadlineMs === null ? tookNs : Math.min(tookNs, deadlineMs * 1e6),
    heldNs,
    outcome: inTime ? "completed" : "timed-out",
  };
}

import { setTimeout as delay } from "node:timers/promises";
import type { PollTimes } from "../../workload/task.ts";
import { atArrivals, type Bench, type Operation, type PrepareMechanism, victimTask } from "./operation.ts";
import { settledBefore } from "./settled-before.ts";

/** The published request: ten steps, 1 ms apart, under 100 ms. On an idle pool it needs a fraction of that. */
const steps = 10;
const sleepMs = 1;
const limitMs = 100;

/** An operation with room to spare under an `AbortSignal.timeout`. */
export const prepareTimeOut: PrepareMechanism = async (bench) => ({
  serve: async (arrivalsNs) => ({
    operations: await atArrivals(bench, arrivalsNs, (intendedNs) => operate(bench, intendedNs)),
    health: [],
  }),
  close: async () => {},
});

async function operate(bench: Bench, intendedNs: number): Promise<Operation> {
  const { pool, now, dependencyMs } = bench;
  const done: PollTimes[] = [];
  const beganNs = now();
  const signal = AbortSignal.timeout(limitMs);
  const work = (async () => {
    if (dependencyMs > 0) await delay(dependencyMs);
    while (done.length < steps && !signal.aborted) {
      await delay(sleepMs);
      done.push(await pool.run(victimTask, "nothing"));
    }
  })();
  const error = await settledBefore(signal, work).then(
    () => null,
    (reason: unknown) => bench.errors.describe(reason),
  );
  const endedNs = now();
  // The step under way cannot be taken back, and tells whether the work had in truth been done in time.
  await work;
  const doneInTime = done.length === steps && Number(done.at(-1)?.endedNs) <= beganNs + limitMs * 1e6;
  return {
    intendedNs,
    beganNs,
    waitNs: null,
    heldNs: null,
    endedNs,
    outcome: error === null ? "completed" : signal.aborted ? "timed-out" : "failed",
    falseTimeout: error !== null && doneInTime,
    depth: null,
    error,
    steps: done,
  };
}

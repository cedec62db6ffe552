import { setTimeout as delay } from "node:timers/promises";
import type { PollTimes } from "../../workload/task.ts";
import { atArrivals, type Bench, type Operation, type PrepareMechanism, runSteps } from "./operation.ts";

/** As published: the lock is held across three steps and given up after 200 ms of waiting. */
const steps = 3;
const limitMs = 200;
const lockName = "ledger";

/**
 * One lock that every operation takes and holds while its steps wait for a worker: the platform's own, first come, first
 * served.
 *
 * @see https://w3c.github.io/web-locks/
 */
export const prepareMutex: PrepareMechanism = async (bench) => ({
  serve: async (arrivalsNs) => ({
    operations: await atArrivals(bench, arrivalsNs, (intendedNs) => operate(bench, intendedNs)),
    health: [],
  }),
  close: async () => {},
});

async function operate(bench: Bench, intendedNs: number): Promise<Operation> {
  const { now, dependencyMs } = bench;
  const beganNs = now();
  const signal = AbortSignal.timeout(limitMs);
  let lockedNs: number | null = null;
  let done: PollTimes[] = [];
  const hold = async (): Promise<void> => {
    lockedNs = now();
    if (dependencyMs > 0) await delay(dependencyMs);
    done = await runSteps(bench, steps);
  };
  const error: unknown = await navigator.locks.request(lockName, { signal }, hold).then(
    () => null,
    (reason: unknown) => reason,
  );
  const endedNs = now();
  return {
    intendedNs,
    beganNs,
    waitNs: (lockedNs ?? endedNs) - beganNs,
    heldNs: lockedNs === null ? null : endedNs - lockedNs,
    endedNs,
    outcome: error === null ? "completed" : error === signal.reason ? "timed-out" : "failed",
    falseTimeout: null,
    depth: null,
    error: error === null ? null : bench.errors.describe(error),
    steps: done,
  };
}

import { dispatchPolls } from "../../executor/dispatch-polls.ts";
import type { Executor } from "../../executor/executor.ts";
import type { PollMessage } from "../../executor/piscina-worker.ts";
import { workCode } from "../../workload/work.ts";
import type { StartedPool, StartPool } from "./pools/started-pool.ts";

/** Makes an executor of a pool: timers and programs live with the dispatcher, every poll is a task of the pool. */
export function executorOn(start: StartPool): Executor {
  return async (specs, workers, { recording = true } = {}) => {
    const pool = await start(workers, specs.length);
    try {
      await warmUp(pool, workers);
      const numbers = new Map<number, number>();
      const workerOf = (thread: number): number => {
        const number = numbers.get(thread) ?? numbers.size;
        numbers.set(thread, number);
        return number;
      };
      const run = (message: PollMessage, task: number) => pool.run(message, task);
      return await dispatchPolls(specs, { run, workerOf }, process.hrtime.bigint(), recording);
    } finally {
      await pool.close();
    }
  };
}

/** Occupies every worker once, so that no probe pays for one that is still loading. */
async function warmUp(pool: StartedPool, workers: number): Promise<void> {
  const message: PollMessage = { originNs: process.hrtime.bigint(), work: workCode("park"), argument: 5 };
  await Promise.all(Array.from({ length: workers }, (_, task) => pool.run(message, task)));
}

import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { FixedThreadPool, PoolEvents } from "poolifier";
import type { PollMessage, PollStamps } from "../../../executor/piscina-worker.ts";
import { entryBeside } from "../../../measure/entry-beside.ts";
import type { StartPool } from "./started-pool.ts";

const entry = fileURLToPath(entryBeside(import.meta.url, "poolifier-worker"));

/** poolifier as it is: each task is sent at once to the worker that has the fewest, and waits there. */
export const startPoolifier: StartPool = (workers) => start(workers, false);

/** poolifier with its option of a queue a worker, on the dispatcher's side, from which idle workers steal. */
export const startQueueingPoolifier: StartPool = (workers) => start(workers, true);

async function start(workers: number, enableTasksQueue: boolean) {
  const pool = new FixedThreadPool<PollMessage, PollStamps>(workers, entry, { enableTasksQueue });
  const ended = Promise.all(
    pool.workerNodes.map(({ worker }) => new Promise((resolve) => worker.once("exit", resolve))),
  );
  if (pool.emitter && !pool.info.ready) await once(pool.emitter, PoolEvents.ready);
  return {
    run: (message: PollMessage) => pool.execute(message),
    // It waits for ever for the end of a thread that ended between being told to and being waited for.
    close: async () => void (await Promise.race([pool.destroy(), ended])),
  };
}

import { fileURLToPath } from "node:url";
import workerpool from "workerpool";
import type { PollStamps } from "../../../executor/piscina-worker.ts";
import { entryBeside } from "../../../measure/entry-beside.ts";
import type { StartPool } from "./started-pool.ts";

const entry = fileURLToPath(entryBeside(import.meta.url, "workerpool-worker"));

/** workerpool on threads: one queue with the dispatcher, a task goes to the first worker that is not busy. */
export const startWorkerpool: StartPool = (workers) => {
  const pool = workerpool.pool(entry, { minWorkers: workers, maxWorkers: workers, workerType: "thread" });
  return {
    // Its promises are its own and not quite the language's.
    run: (message) => Promise.resolve(pool.exec("runPoll", [message]) as PromiseLike<PollStamps>),
    close: async () => {
      await pool.terminate();
    },
  };
};

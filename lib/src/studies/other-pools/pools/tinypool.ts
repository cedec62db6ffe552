import { Tinypool } from "tinypool";
import { piscinaWorker } from "../../../executor/piscina-executor.ts";
import type { PollStamps } from "../../../executor/piscina-worker.ts";
import type { StartPool } from "./started-pool.ts";

/** Tinypool, a small fork of Piscina: one queue with the dispatcher, a task goes to a worker that has none. */
export const startTinypool: StartPool = (workers) => {
  const pool = new Tinypool({ filename: piscinaWorker.href, minThreads: workers, maxThreads: workers });
  return {
    run: (message) => pool.run(message) as Promise<PollStamps>,
    close: () => pool.destroy(),
  };
};

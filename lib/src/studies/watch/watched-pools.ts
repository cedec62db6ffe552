import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type PoolWatch, watchPool, watchTasks } from "scheduling-safety-watch";
import { startWorkerPool } from "../../executor/worker-pool.ts";
import { entryBeside } from "../../measure/entry-beside.ts";
import type { HoldStamps, HoldTask } from "./holds.ts";

/** A pool that is watched, or not. */
export interface WatchedPool {
  run(name: "report" | "step", task: HoldTask): Promise<HoldStamps>;
  watch(): void;
  unwatch(): void;
  /** Largest wait by the pool's own histogram since the last reading (ns); null where it has none. */
  readWaits(): number | null;
  close(): Promise<void>;
}

export const poolNames = ["piscina", "hand-made"] as const;

/** Starts a pool whose workers have loaded their code. */
export function startPool(name: (typeof poolNames)[number], workers: number): Promise<WatchedPool> {
  return name === "piscina" ? startPiscina(workers) : startHandMade(workers);
}

async function startPiscina(workers: number): Promise<WatchedPool> {
  const pool = startWorkerPool(entryBeside(import.meta.url, "pool-worker"), workers);
  await Promise.all(Array.from({ length: 4 * workers }, () => pool.run(null, { name: "prepare" })));
  let watch: PoolWatch | null = null;
  return {
    run: (name, task) => pool.run(task, { name }),
    watch: () => {
      watch = watchPool(pool, { name: "pool" });
    },
    unwatch: () => watch?.stop(),
    readWaits: () => {
      const maxMs = pool.histogram.waitTime.max;
      pool.histogram.resetWaitTime();
      return Math.round(maxMs * 1e6);
    },
    close: () => pool.close(),
  };
}

/** The pool that everybody has written once: idle workers, a queue, one task a worker. */
async function startHandMade(workers: number): Promise<WatchedPool> {
  const entry = entryBeside(import.meta.url, "hand-made-worker");
  const threads = Array.from({ length: workers }, () => new Worker(entry));
  await Promise.all(threads.map((thread) => once(thread, "message")));
  const idle = [...threads];
  const queue: { readonly task: unknown; readonly resolve: (stamps: HoldStamps) => void }[] = [];
  let watch: ReturnType<typeof watchTasks> | null = null;
  const serve = () => {
    while (idle.length > 0 && queue.length > 0) {
      const thread = idle.shift() as Worker;
      const { task, resolve } = queue.shift() as (typeof queue)[number];
      thread.once("message", (stamps: HoldStamps) => {
        idle.push(thread);
        resolve(stamps);
        serve();
      });
      thread.postMessage(task);
    }
  };
  const send = (task: unknown) =>
    new Promise<HoldStamps>((resolve) => {
      queue.push({ task, resolve });
      serve();
    });
  return {
    run: (name, task) => watch?.run(name, task, send) ?? send(task),
    watch: () => {
      watch = watchTasks({ name: "pool", workers, threads: () => threads });
    },
    unwatch: () => {
      watch?.stop();
      watch = null;
    },
    readWaits: () => null,
    close: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

import { extname } from "node:path";
import type { Piscina } from "piscina";

/** What a function gets that runs once on every worker; it must `meet` the others before it returns. */
export interface EveryWorkerJob<T> {
  readonly awaited: Int32Array;
  readonly data: T;
}

/** Calls an exported function of an entry point of this folder once on each worker of an idle pool. */
export function onEveryWorker<T, Answer>(
  pool: Piscina,
  workers: number,
  [entryPoint, name]: readonly [entryPoint: string, name: string],
  data: T,
): Promise<Answer[]> {
  const filename = new URL(`./${entryPoint}${extname(import.meta.url)}`, import.meta.url).href;
  const awaited = new Int32Array(new SharedArrayBuffer(4)).fill(workers);
  const job: EveryWorkerJob<T> = { awaited, data };
  return Promise.all(
    Array.from({ length: workers }, () => pool.run(job, { filename, name }) as Promise<Answer>),
  );
}

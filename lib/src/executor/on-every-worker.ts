import type { Piscina } from "piscina";

/** What a function gets that runs once on every worker; it must `meet` the others before it returns. */
export interface EveryWorkerJob<T> {
  readonly awaited: Int32Array;
  readonly data: T;
}

/** Calls an exported function of a worker's entry point once on each worker of an idle pool. */
export function onEveryWorker<T, Answer>(
  pool: Piscina,
  workers: number,
  [entryPoint, name]: readonly [entryPoint: URL, name: string],
  data: T,
): Promise<Answer[]> {
  const awaited = new Int32Array(new SharedArrayBuffer(4)).fill(workers);
  const job: EveryWorkerJob<T> = { awaited, data };
  return Promise.all(
    Array.from(
      { length: workers },
      () => pool.run(job, { filename: entryPoint.href, name }) as Promise<Answer>,
    ),
  );
}

import { Piscina } from "piscina";

type PiscinaOptions = NonNullable<ConstructorParameters<typeof Piscina>[0]>;

/**
 * Starts a fixed pool of Piscina threads for a worker's entry point.
 *
 * The thread count never changes and idle threads stay: a pool that grows or shrinks under load would be a
 * second experiment. `stricterFIFO` because Piscina's default queue may serve a late task first.
 */
export function startWorkerPool(
  entryPoint: URL,
  workers: number,
  more: Pick<PiscinaOptions, "loadBalancer" | "atomics"> = {},
): Piscina {
  return new Piscina({
    filename: entryPoint.href,
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: 1,
    stricterFIFO: true,
    ...more,
  });
}

/** Rejects when the pool reports an error outside any task, such as a worker that died. */
export function poolFailure(pool: Piscina): Promise<never> {
  return new Promise((_, reject) => {
    pool.on("error", (cause: unknown) => reject(new Error("worker pool failed outside any task", { cause })));
  });
}

/**
 * Lets so many tasks into a pool at once and queues the others, first come first served, as a pool with no more workers
 * would.
 */
export class Admission {
  readonly #atOnce: number;
  readonly #queue: (() => void)[] = [];
  #inside = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Sends a task once there is room, or at once when it is aborted, for the pool to refuse. */
  async run<Result>(signal: unknown, send: () => Promise<Result>): Promise<Result> {
    if (this.#inside >= this.#atOnce) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#queue.push(resolve);
      if (signal instanceof AbortSignal) signal.addEventListener("abort", () => resolve(), { once: true });
      await promise;
      const at = this.#queue.indexOf(resolve);
      if (at >= 0) {
        this.#queue.splice(at, 1);
        return send();
      }
    } else {
      this.#inside++;
    }
    try {
      return await send();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#inside--;
      else next();
    }
  }
}

import type { EventEmitter } from "node:events";
import { setImmediate } from "node:timers/promises";

/**
 * Lets so many tasks into a pool at once and queues the others, first come first served, as a pool with no more workers
 * would.
 */
export class Admission {
  readonly #atOnce: number;
  readonly #queue: PromiseWithResolvers<void>[] = [];
  #inside = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Sends a task once there is room, or at once when it is aborted, for the pool to refuse. */
  async run<Result>(signal: unknown, send: () => Promise<Result>): Promise<Result> {
    if (isAborted(signal)) return send();
    if (this.#inside < this.#atOnce) this.#inside++;
    else if (!(await this.#isLetIn(signal))) return send();
    try {
      return await send();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#inside--;
      else next.resolve();
    }
  }

  /** Resolves when those that wait now have been sent or refused. */
  async emptied(): Promise<void> {
    await Promise.allSettled(this.#queue.map(({ promise }) => promise));
    // Whoever is let in is sent before the loop turns.
    await setImmediate();
  }

  /** Refuses all that wait, each with an error of its own. */
  refuseAll(reason: () => Error): void {
    for (const { reject } of this.#queue.splice(0)) reject(reason());
  }

  /** Waits for the place of a task that leaves; false when this one is aborted before. */
  async #isLetIn(signal: unknown): Promise<boolean> {
    const place = Promise.withResolvers<void>();
    this.#queue.push(place);
    const unlisten = onAbort(signal, place.resolve);
    await place.promise.finally(unlisten);
    const at = this.#queue.indexOf(place);
    if (at >= 0) this.#queue.splice(at, 1);
    return at < 0;
  }
}

function isAborted(signal: unknown): boolean {
  return typeof signal === "object" && signal !== null && "aborted" in signal && signal.aborted === true;
}

/**
 * Listens to a signal as the pools do, which take whatever has the methods of an event target or of an emitter; the returned
 * function ceases to.
 */
function onAbort(signal: unknown, listener: () => void): () => void {
  if (isTarget(signal)) {
    signal.addEventListener("abort", listener);
    return () => signal.removeEventListener("abort", listener);
  }
  if (isEmitter(signal)) {
    signal.on("abort", listener);
    return () => signal.off("abort", listener);
  }
  return () => {};
}

function isTarget(signal: unknown): signal is EventTarget {
  return typeof signal === "object" && signal !== null && "addEventListener" in signal;
}

function isEmitter(signal: unknown): signal is EventEmitter {
  return typeof signal === "object" && signal !== null && "on" in signal && "off" in signal;
}

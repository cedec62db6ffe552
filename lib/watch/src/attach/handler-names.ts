import { basename, extname } from "node:path";
import type { PoolOptions, RunOptions } from "./pool-kinds.ts";

/** What a pool would run, and what its task is called. */
export interface Handler {
  readonly filename: string;
  readonly name: string;
  readonly task: string;
}

/** Finds what a pool would run for a task. Whatever was found once is not looked up in paths again. */
export class HandlerNames {
  readonly #pool: PoolOptions;
  readonly #usual: Handler | null;
  #last: Handler | null;

  constructor(options: PoolOptions) {
    this.#pool = options;
    this.#usual = this.#resolve({});
    this.#last = this.#usual;
  }

  /** Gives the module and export that a pool would run in a thread; null where it would refuse, or use a process. */
  find(options: RunOptions | undefined): Handler | null {
    if (options === undefined) return this.#usual;
    return typeof options === "object" && options !== null ? this.#resolve(options) : null;
  }

  #resolve(options: RunOptions): Handler | null {
    const filename = options.filename ?? this.#pool.filename;
    const name = options.name ?? this.#pool.name ?? "default";
    const isThread = (options.runtime ?? this.#pool.runtime) !== "child_process";
    if (typeof filename !== "string" || typeof name !== "string" || !isThread) return null;
    if (this.#last?.filename === filename && this.#last.name === name) return this.#last;
    this.#last = { filename, name, task: name === "default" ? (nameAfter(filename) ?? "default") : name };
    return this.#last;
  }
}

/** Names a pool or a task after the file of its tasks. */
export function nameAfter(filename: string | null | undefined): string | null {
  return typeof filename === "string" ? basename(filename, extname(filename)) : null;
}

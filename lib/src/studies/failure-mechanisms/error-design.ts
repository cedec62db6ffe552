import { AsyncLocalStorage } from "node:async_hooks";
import { type ErrorReport, reportError } from "../../measure/error-report.ts";

/** What errors are given to carry, so that they could name who held the workers. */
export const errorDesigns = {
  plain: "as libraries throw them",
  "throwing blocker": "the blocking call itself ends in an error",
  "cause chain": "so it does, and an operation's error has the pool's last error as its cause",
  "async stacks": "an operation's error has as its cause where it began, with a hundred frames",
  context: "an operation's error names the task that its asynchronous context belongs to",
} as const;

export type ErrorDesign = keyof typeof errorDesigns;

/** Whom an asynchronous context belongs to, and where it began. */
interface TaskContext {
  readonly task: string;
  readonly begun: Error;
}

/** Makes errors of one design out of those that operations meet. */
export class DesignedErrors {
  readonly #design: ErrorDesign;
  readonly #context = new AsyncLocalStorage<TaskContext>();
  #lastOfPool: unknown;

  constructor(design: ErrorDesign) {
    this.#design = design;
  }

  /** Whether the blocking call ends in an error. */
  get blockersThrow(): boolean {
    return this.#design === "throwing blocker" || this.#design === "cause chain";
  }

  /** Runs what belongs to a task in a context of its own. */
  run<T>(task: string, work: () => T): T {
    const tellsContext = this.#design === "async stacks" || this.#design === "context";
    return tellsContext ? this.#context.run({ task, begun: new Error("began here") }, work) : work();
  }

  /** Takes note of an error that the pool's own tasks ended in. */
  poolFailed(error: unknown): void {
    this.#lastOfPool = error;
  }

  /** Describes an error of an operation, with what this design gives it. */
  describe(error: unknown): ErrorReport {
    const cause = this.#cause();
    if (error instanceof Error && cause !== undefined)
      Object.defineProperty(error, "cause", { value: cause });
    return reportError(error);
  }

  #cause(): unknown {
    const context = this.#context.getStore();
    switch (this.#design) {
      case "cause chain":
        return this.#lastOfPool;
      case "async stacks":
        return context?.begun;
      case "context":
        return context && new Error(`in the context of ${context.task}`);
      default:
        return undefined;
    }
  }
}

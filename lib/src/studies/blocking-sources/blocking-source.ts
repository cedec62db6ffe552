/** What kind of code holds the worker; `sly` looks harmless where it is called. */
export type BlockingFamily = "sleep" | "io" | "cpu" | "ffi" | "sly";

/** Whether the thread waits while it holds its worker, or uses a core. */
export type HoldClass = "parked" | "computing";

/** A call that is ready to hold the thread it was prepared on. */
export interface PreparedCall {
  /** Holds the thread until the work is done; may be called any number of times. */
  call(): void;
  /** Ends children and removes files; to be awaited on the same thread. */
  cleanUp(): Promise<void>;
}

/** Real code that holds its thread, as it stands in programs. */
export interface BlockingSource {
  /** Kebab case, unique. */
  readonly name: string;
  readonly family: BlockingFamily;
  /** What we expect of the thread's CPU time while it is held. */
  readonly expected: HoldClass;
  /** The call in words, with its size. */
  readonly meaning: string;
  /**
   * Makes what the call needs, on the thread that will call.
   *
   * @throws {NotTestableError} when this host lacks a tool or a library that the call needs.
   */
  prepare(): Promise<PreparedCall>;
}

/** A prepared call that leaves nothing behind. */
export function plainCall(call: () => void): PreparedCall {
  return { call, cleanUp: () => Promise.resolve() };
}

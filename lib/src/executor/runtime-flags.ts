/** A young generation of 64 MB outlasts a run: no scavenge (3–8 ms on a busy worker, seen in `--trace-gc`). */
export const heapFlags: readonly string[] = ["--min-semi-space-size=64", "--max-semi-space-size=64"];

/**
 * No TurboFan, V8's top compiler: its jobs, for every thread that gets hot, take cores from dispatcher and workers for
 * milliseconds. The `controls` experiment shows what it adds.
 */
export const compilerFlags: readonly string[] = ["--no-turbofan"];

/**
 * Node flags of every measured process. A run lasts a fraction of a second in a fresh process; what a service has behind
 * it after its first seconds must not be mistaken for a scheduling delay.
 */
export const runtimeFlags: readonly string[] = [...heapFlags, ...compilerFlags];

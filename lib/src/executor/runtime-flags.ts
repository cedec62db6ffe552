/**
 * A young generation of 64 MB outlasts a run of probes: no scavenge, which with V8's default takes milliseconds of it. It
 * does not outlast thousands of messages in a row: then the dispatcher of `piscina` collects, for longer than it would a
 * small one. Every run tells of its collections (`gcMainNs`, `gcWorkersNs`); none makes it invalid.
 */
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

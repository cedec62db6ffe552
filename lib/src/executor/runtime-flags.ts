/**
 * Node flags of every measured process. A young generation of 64 MB outlasts a run, so that no scavenge
 * (3–8 ms on a busy worker, seen in `--trace-gc`) is mistaken for a scheduling delay.
 */
export const runtimeFlags: readonly string[] = ["--min-semi-space-size=64", "--max-semi-space-size=64"];

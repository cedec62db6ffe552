import type { TaskSpec } from "../workload/programs.ts";

const meanMs = 50;
const spreadMs = 10;
/** More blocks than a run has time for, so that no blocker falls into a rhythm. */
const blocks = 200;

/**
 * Specifies blockers that hold a worker for 50 ± 10 ms, again and again, from the start to the end of the run. Each
 * starts somewhere within its first block, so that they are out of step from the start.
 */
export function unevenBlockers(count: number, random: () => number): TaskSpec[] {
  return Array.from({ length: count }, () => {
    const blocksMs = Array.from({ length: blocks }, () => meanMs + spreadMs * (2 * random() - 1));
    blocksMs[0] = meanMs * random();
    return { program: "unevenBlocker", background: true, parameters: { blocksMs, startMs: 0 } };
  });
}

import type { TokioTask } from "../executor/tokio/tokio-task.ts";
import type { TaskSpec } from "../workload/programs.ts";

/** How a blocker comes to its next block: at the tail of the queue at once, or through a timer. */
export type Rearming = "yield" | "sleep-1" | "sleep-5" | "sleep-10";

/** Sleep between two blocks (ms); null for a yield. */
export function restMsOf(rearming: Rearming): number | null {
  return { yield: null, "sleep-1": 1, "sleep-5": 5, "sleep-10": 10 }[rearming];
}

/** A blocker in words that both systems understand. */
export interface RearmingBlocker {
  /** Holds, one after the other; after the last comes the first again. */
  readonly blocksMs: readonly number[];
  readonly blocks: number | "until-drained";
  readonly restMs: number | null;
  readonly startMs: number;
}

/** Specifies the blocker for a pool of Node's. */
export function blockerOnNode({ blocksMs, blocks, restMs, startMs }: RearmingBlocker): TaskSpec {
  const background = blocks === "until-drained";
  if (restMs !== null) {
    return { program: "restingBlocker", parameters: { blocksMs, blocks, restMs, startMs }, background };
  }
  const [blockMs] = blocksMs;
  if (blocksMs.length === 1 && blockMs !== undefined) {
    return { program: "blocker", parameters: { blockMs, blocks, startMs }, background };
  }
  if (!background) throw new RangeError(`uneven blockers must be "until-drained"; got ${blocks} blocks`);
  return { program: "unevenBlocker", parameters: { blocksMs, startMs }, background };
}

/** Specifies the blocker for Tokio; it comes from outside the workers, as it does on Node. */
export function blockerOnTokio({ blocksMs, blocks, restMs, startMs }: RearmingBlocker): TokioTask {
  const background = blocks === "until-drained";
  return {
    program: "blocker",
    parameters: { blocksMs, blocks: background ? null : blocks, restMs },
    background,
    spawnMs: startMs,
  };
}

const meanMs = 50;
const spreadMs = 10;
/** More blocks than a run has time for, so that no blocker falls into a rhythm. */
const differentBlocks = 200;

/** Draws blockers of 50 ± 10 ms that go on to the end of the run, out of step from the start. */
export function drawUnevenBlockers(
  count: number,
  rearming: Rearming,
  random: () => number,
): RearmingBlocker[] {
  return Array.from({ length: count }, () => {
    const blocksMs = Array.from({ length: differentBlocks }, () => meanMs + spreadMs * (2 * random() - 1));
    blocksMs[0] = meanMs * random();
    return { blocksMs, blocks: "until-drained", restMs: restMsOf(rearming), startMs: 0 };
  });
}

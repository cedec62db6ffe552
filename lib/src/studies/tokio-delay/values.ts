import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type { RearmDelay, TokioDelayData } from "./analysis.ts";

/**
 * Names the numbers that the article cites; null where the profile did not measure a value.
 *
 * @param delays what `rearmDelays` gives
 */
export function tokioDelayValues(dataset: TokioDelayData, delays: readonly RearmDelay[]): Handed {
  const workers = mainWorkers(dataset);
  const below = workers - 1;
  const { runs } = dataset.manifest;
  const few = { span: "five", probes: 50 } as const;
  const many = { span: "five", probes: 500, rearm: "yield", blockers: workers } as const;
  const sustained = { span: "sustained", probes: 50, rearm: "yield", blockers: workers } as const;
  const on =
    (executor: RearmDelay["executor"], lifoSlot: RearmDelay["lifoSlot"]) =>
    (levels: Partial<RearmDelay>, column: keyof RearmDelay) =>
      valueAt(delays, { executor, lifoSlot, ...levels }, column);
  const tokio = on("tokio", "on");
  const noSlot = on("tokio", "off");
  const runQueue = on("run-queue", "none");
  return {
    rearmRuns: runs.valid,
    floorTokioMs: tokio({ ...few, blockers: 0 }, "p50Ms"),
    blocksContiguousAtTokio: tokio({ ...few, rearm: "contiguous", blockers: workers }, "p99Blocks"),
    blocksYieldBelowTokio: tokio({ ...few, rearm: "yield", blockers: below }, "p99Blocks"),
    blocksYieldAtTokio: tokio({ ...few, rearm: "yield", blockers: workers }, "p99Blocks"),
    blocksSleep5OneTokio: tokio({ ...few, rearm: "sleep-5", blockers: 1 }, "p99Blocks"),
    blocksSleep5BelowTokio: tokio({ ...few, rearm: "sleep-5", blockers: below }, "p99Blocks"),
    blocksManyTokio: tokio(many, "p99Blocks"),
    medianSustainedTokioMs: tokio(sustained, "p50Ms"),
    blocksContiguousAtNoSlot: noSlot({ ...few, rearm: "contiguous", blockers: workers }, "p99Blocks"),
    blocksYieldBelowNoSlot: noSlot({ ...few, rearm: "yield", blockers: below }, "p99Blocks"),
    blocksYieldAtNoSlot: noSlot({ ...few, rearm: "yield", blockers: workers }, "p99Blocks"),
    blocksSleep5OneNoSlot: noSlot({ ...few, rearm: "sleep-5", blockers: 1 }, "p99Blocks"),
    blocksSleep5BelowNoSlot: noSlot({ ...few, rearm: "sleep-5", blockers: below }, "p99Blocks"),
    blocksManyNoSlot: noSlot(many, "p99Blocks"),
    floorRunQueueMs: runQueue({ ...few, blockers: 0 }, "p50Ms"),
    blocksContiguousAtRunQueue: runQueue({ ...few, rearm: "contiguous", blockers: workers }, "p99Blocks"),
    blocksYieldBelowRunQueue: runQueue({ ...few, rearm: "yield", blockers: below }, "p99Blocks"),
    blocksYieldAtRunQueue: runQueue({ ...few, rearm: "yield", blockers: workers }, "p99Blocks"),
    blocksSleep5OneRunQueue: runQueue({ ...few, rearm: "sleep-5", blockers: 1 }, "p99Blocks"),
    blocksSleep5BelowRunQueue: runQueue({ ...few, rearm: "sleep-5", blockers: below }, "p99Blocks"),
    blocksManyRunQueue: runQueue(many, "p99Blocks"),
    medianSustainedRunQueueMs: runQueue(sustained, "p50Ms"),
  };
}

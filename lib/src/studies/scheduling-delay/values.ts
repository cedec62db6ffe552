import type { ExecutorName } from "../../executor/executors.ts";
import { lateRuns } from "../../ledger/dispatcher-rule.ts";
import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import type {
  DelayComponents,
  DelayDesign,
  DelayPercentiles,
  NoiseFloor,
  SchedulingDelayData,
} from "./analysis.ts";

/** The tables that the scheduling-delay notebook has made. */
export interface DelaySummaries {
  readonly delays: readonly DelayPercentiles[];
  readonly components: readonly DelayComponents[];
  readonly designs: readonly DelayDesign[];
  readonly floor: readonly NoiseFloor[];
}

/**
 * Names the numbers that the article cites. Blockers are named by what they leave: `Free` none blocked, `One` one
 * blocked, `Below` one worker left, `At` none left, `Beyond` two blockers more than workers. Null where the profile did
 * not measure a value.
 */
export function delayValues(
  dataset: SchedulingDelayData,
  { delays, components, designs, floor }: DelaySummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs, parameters, host, software, profile, date } = dataset.manifest;
  const on = (executor: ExecutorName, blockers: number) => (column: keyof DelayPercentiles) =>
    valueAt(delays, { executor, workers, blockers }, column);
  const part = (blockers: number) => (column: keyof DelayComponents) =>
    valueAt(components, { executor: "run-queue", blockers }, column);
  const [below, at, beyond] = [workers - 1, workers, workers + 2];
  return {
    hostCpu: host.cpuModel,
    hostCores: host.cores,
    hostMemoryGiB: host.memoryGiB,
    hostKernel: host.kernel,
    nodeVersion: software.node,
    profile,
    date,
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    lateDispatcherRuns: lateRuns(dataset),
    samples: dataset.samples.numRows(),
    baseReplicates: parameters.parts.find(({ name }) => name === "base")?.replicates ?? null,
    p50RunQueueFreeMs: on("run-queue", 0)("p50Ms"),
    p50RunQueueBelowMs: on("run-queue", below)("p50Ms"),
    p50RunQueueAtMs: on("run-queue", at)("p50Ms"),
    p50RunQueueBeyondMs: on("run-queue", beyond)("p50Ms"),
    p50RunQueueTwoWorkersBeyondMs: valueAt(
      delays,
      { executor: "run-queue", workers: 2, blockers: 4 },
      "p50Ms",
    ),
    p50PiscinaFreeMs: on("piscina", 0)("p50Ms"),
    p50PiscinaBelowMs: on("piscina", below)("p50Ms"),
    p50PiscinaAtMs: on("piscina", at)("p50Ms"),
    p50PiscinaBeyondMs: on("piscina", beyond)("p50Ms"),
    p50PinnedFreeMs: on("pinned", 0)("p50Ms"),
    p50PinnedBelowMs: on("pinned", below)("p50Ms"),
    p50PinnedAtMs: on("pinned", at)("p50Ms"),
    p50PinnedBeyondMs: on("pinned", beyond)("p50Ms"),
    p99RunQueueFreeMs: on("run-queue", 0)("p99Ms"),
    p99RunQueueBelowMs: on("run-queue", below)("p99Ms"),
    p99RunQueueAtMs: on("run-queue", at)("p99Ms"),
    p99RunQueueBeyondMs: on("run-queue", beyond)("p99Ms"),
    p99PiscinaFreeMs: on("piscina", 0)("p99Ms"),
    p99PiscinaBelowMs: on("piscina", below)("p99Ms"),
    p99PiscinaAtMs: on("piscina", at)("p99Ms"),
    p99PiscinaBeyondMs: on("piscina", beyond)("p99Ms"),
    p99PinnedFreeMs: on("pinned", 0)("p99Ms"),
    p99PinnedOneMs: on("pinned", 1)("p99Ms"),
    p99PinnedBelowMs: on("pinned", below)("p99Ms"),
    p99PinnedAtMs: on("pinned", at)("p99Ms"),
    p99PinnedBeyondMs: on("pinned", beyond)("p99Ms"),
    ratioRunQueueBelow: on("run-queue", below)("ratio"),
    ratioRunQueueAt: on("run-queue", at)("ratio"),
    ratioPiscinaBelow: on("piscina", below)("ratio"),
    ratioPiscinaAt: on("piscina", at)("ratio"),
    ratioPinnedBelow: on("pinned", below)("ratio"),
    ratioPinnedAt: on("pinned", at)("ratio"),
    lateRunQueueAtShare: on("run-queue", at)("lateShare"),
    latePiscinaAtShare: on("piscina", at)("lateShare"),
    latePinnedAtShare: on("pinned", at)("lateShare"),
    hdrLargestDifferenceMs: largestHdrDifference(delays),
    dispatchP99RunQueueAtMs: part(at)("dispatchP99Ms"),
    queueP99RunQueueBelowMs: part(below)("queueP99Ms"),
    queueP99RunQueueAtMs: part(at)("queueP99Ms"),
    ...stepValues(designs),
    ...floorValues(floor),
  };
}

function stepValues(designs: readonly DelayDesign[]) {
  const of = (executor: ExecutorName, design: DelayDesign["design"]) => (column: keyof DelayDesign) =>
    valueAt(designs, { design, executor }, column);
  const original = of("run-queue", "original");
  const burst = of("run-queue", "one 150 ms burst");
  return {
    stepRunQueueOriginal: original("step"),
    stepRunQueueOriginalLow: original("stepLow"),
    stepRunQueueOriginalHigh: original("stepHigh"),
    stepRunQueue200Probes: of("run-queue", "200 probes")("step"),
    stepRunQueue500Probes: of("run-queue", "500 probes")("step"),
    stepRunQueueAligned: of("run-queue", "aligned phases")("step"),
    stepRunQueueOpenLoop: of("run-queue", "open loop")("step"),
    stepRunQueueSustained: of("run-queue", "sustained blocking")("step"),
    stepRunQueueBurst: burst("step"),
    stepRunQueueBurstLow: burst("stepLow"),
    stepRunQueueBurstHigh: burst("stepHigh"),
    stepPiscinaOriginal: of("piscina", "original")("step"),
    stepPinnedOriginal: of("pinned", "original")("step"),
    p99RunQueueBurstBelowMs: burst("belowMs"),
    p99RunQueueBurstAtMs: burst("atMs"),
    p50RunQueueSustainedBelowMs: of("run-queue", "sustained blocking")("p50BelowMs"),
    p50RunQueueSustainedAtMs: of("run-queue", "sustained blocking")("p50AtMs"),
    p50RunQueueOpenLoopBelowMs: of("run-queue", "open loop")("p50BelowMs"),
    p50RunQueueOpenLoopAtMs: of("run-queue", "open loop")("p50AtMs"),
    p50PiscinaSustainedAtMs: of("piscina", "sustained blocking")("p50AtMs"),
    p50PiscinaOpenLoopAtMs: of("piscina", "open loop")("p50AtMs"),
    p50RunQueueBurstBelowMs: burst("p50BelowMs"),
    p50RunQueueBurstAtMs: burst("p50AtMs"),
  };
}

function floorValues(floor: readonly NoiseFloor[]) {
  const of = (probes: number, quantile: NoiseFloor["quantile"]) => (column: keyof NoiseFloor) =>
    valueAt(floor, { baseline: "bare-timer", executor: "run-queue", probes, quantile }, column);
  const onFutex = (quantile: NoiseFloor["quantile"]) => (column: keyof NoiseFloor) =>
    valueAt(floor, { baseline: "futex-timer", executor: "run-queue", probes: 50, quantile }, column);
  return {
    floorP50Ratio50Probes: of(50, "p50")("ratio"),
    floorP99Ratio50Probes: of(50, "p99")("ratio"),
    floorP50Ratio200Probes: of(200, "p50")("ratio"),
    floorP99Ratio200Probes: of(200, "p99")("ratio"),
    floorP50Ratio500Probes: of(500, "p50")("ratio"),
    floorP99Ratio500Probes: of(500, "p99")("ratio"),
    floorP99RatioFutex: onFutex("p99")("ratio"),
    floorP99RatioFutexLow: onFutex("p99")("ratioLow"),
    floorP99RatioFutexHigh: onFutex("p99")("ratioHigh"),
    floorP50RatioFutex: onFutex("p50")("ratio"),
    futexP50Ms: onFutex("p50")("timerMs"),
    futexP99Ms: onFutex("p99")("timerMs"),
    timerP50Ms: of(50, "p50")("timerMs"),
    timerP99Ms: of(50, "p99")("timerMs"),
  };
}

function largestHdrDifference(delays: readonly DelayPercentiles[]): number | null {
  const differences = delays.flatMap(({ p99Ms, hdrP99Ms }) =>
    p99Ms === null || hdrP99Ms === null ? [] : [Math.abs(p99Ms - hdrP99Ms)],
  );
  return differences.length === 0 ? null : Math.max(...differences);
}

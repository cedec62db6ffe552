import type { PublishedRow } from "../../drawing/published-rows.ts";
import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import type { InstrumentVerdict } from "./analysis/instrument-verdicts.ts";
import { publishedRatios } from "./analysis/published-ratios.ts";
import type { TaskTimes } from "./analysis/task-times.ts";
import type { IntrospectionData } from "./analysis/watched-runs.ts";
import { holdCpuShare, type WorkerTimes } from "./analysis/worker-times.ts";

/** The tables that the introspection notebook has made. */
export interface IntrospectionSummaries {
  readonly tasks: readonly TaskTimes[];
  readonly workerTable: readonly WorkerTimes[];
  readonly verdicts: readonly InstrumentVerdict[];
  readonly published: readonly PublishedRow[];
}

/** Names the numbers that the article cites; null where the profile did not measure a value. */
export function introspectionValues(
  dataset: IntrospectionData,
  { tasks, workerTable, verdicts, published }: IntrospectionSummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const fewest = Math.min(...workerTable.map((row) => row.workers));
  const { runs } = dataset.manifest;
  const ratios = publishedRatios(published);
  const ratio = (executor: TaskTimes["executor"], blockers: number) =>
    valueAt(tasks, { executor, blockers, tasks: "probes" }, "schedToBusy");
  const reading = (
    system: InstrumentVerdict["system"],
    instrument: InstrumentVerdict["instrument"],
    column: keyof InstrumentVerdict,
  ) => valueAt(verdicts, { system, instrument }, column);
  const readingMs = (...of: Parameters<typeof reading>) => {
    const ns = reading(...of);
    return ns === null ? null : ns * 1e-6;
  };
  const eventLoop = (hold: WorkerTimes["hold"], held: number) =>
    valueAt(
      workerTable,
      { system: "pinned", worker: "busiest", hold, workers: held, blockers: held },
      "eventLoopShare",
    );
  const nodeSees = (system: InstrumentVerdict["system"]) =>
    rowsOf(verdicts, { system, source: "Node", seesSaturation: "sees" }).length;
  return {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    ratioTokioBelow: valueAt(ratios, { blockers: 3 }, "schedToBusy"),
    ratioTokioAt: valueAt(ratios, { blockers: 4 }, "schedToBusy"),
    ratioRunQueueCalm: ratio("run-queue", 0),
    ratioRunQueueBelow: ratio("run-queue", workers - 1),
    ratioRunQueueAt: ratio("run-queue", workers),
    ratioPiscinaCalm: ratio("piscina", 0),
    ratioPiscinaBelow: ratio("piscina", workers - 1),
    ratioPiscinaAt: ratio("piscina", workers),
    ratioPinnedCalm: ratio("pinned", 0),
    ratioPinnedBelow: ratio("pinned", workers - 1),
    ratioPinnedAt: ratio("pinned", workers),
    waitTimeNoneMs: readingMs("piscina", "waitTime p99", "none"),
    busyIdlestNoneShare: reading("run-queue", "busy share", "none"),
    waitTimeBelowMs: readingMs("piscina", "waitTime p99", "below"),
    busyIdlestBelowShare: reading("run-queue", "busy share", "below"),
    waitTimeFullMs: readingMs("piscina", "waitTime p99", "full"),
    busyIdlestFullShare: reading("run-queue", "busy share", "full"),
    factorWaitTime: reading("piscina", "waitTime p99", "factor"),
    factorWaitTimeLow: reading("piscina", "waitTime p99", "factorLow"),
    factorRatioRunQueue: reading("run-queue", "Sched:Busy", "factor"),
    factorMainRunQueue: reading("run-queue", "event-loop delay, main thread", "factor"),
    factorMainPiscina: reading("piscina", "event-loop delay, main thread", "factor"),
    utilisationIdlePiscinaShare: reading("piscina", "event-loop utilisation, workers", "none"),
    utilisationIdleRunQueueShare: reading("run-queue", "event-loop utilisation, workers", "none"),
    utilisationIdleAsyncShare: reading("piscina, async", "event-loop utilisation, workers", "none"),
    utilisationIdlePinnedShare: reading("pinned", "event-loop utilisation, workers", "none"),
    loopDelayAsyncNoneMs: readingMs("piscina, async", "event-loop delay, workers", "none"),
    loopDelayAsyncBelowMs: readingMs("piscina, async", "event-loop delay, workers", "below"),
    loopDelayAsyncFullMs: readingMs("piscina, async", "event-loop delay, workers", "full"),
    loopDelayPinnedNoneMs: readingMs("pinned", "event-loop delay, workers", "none"),
    loopDelayPinnedBelowMs: readingMs("pinned", "event-loop delay, workers", "below"),
    loopDelayPinnedFullMs: readingMs("pinned", "event-loop delay, workers", "full"),
    poolUtilisationFullShare: reading("piscina", "utilization", "full"),
    cpuParkedShare: holdCpuShare(dataset, "parked").estimate,
    cpuComputingShare: holdCpuShare(dataset, "computing").estimate,
    eventLoopComputingShare: eventLoop("computing", fewest),
    eventLoopParkedShare: eventLoop("parked", workers),
    nodeSeesRunQueue: nodeSees("run-queue"),
    nodeSeesPiscina: nodeSees("piscina"),
    nodeSeesPiscinaAsync: nodeSees("piscina, async"),
    nodeSeesPinned: nodeSees("pinned"),
  };
}

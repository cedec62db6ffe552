import { sum } from "simple-statistics";
import { missing } from "../../summary/estimate.ts";
import type { Handed } from "../../summary/handed.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import {
  memoryOfMillion,
  restingShareOf,
  serviceFactors,
  stampCostOf,
  type WatchCost,
} from "./analysis/costs.ts";
import type { WatchData } from "./analysis/samples.ts";
import {
  firstLineOf,
  healthyLoad,
  holdErrorOf,
  hostStalls,
  type InstrumentVerdict,
  precisionOf,
  recallOf,
  type StallVerdict,
  toldWhileTheyLast,
  waitErrorOf,
  workerStalls,
} from "./analysis/stalls.ts";

/** The tables that the notebook of the watch has made. */
export interface WatchSummaries {
  readonly verdicts: readonly StallVerdict[];
  readonly instruments: readonly InstrumentVerdict[];
  readonly costs: readonly WatchCost[];
}

const nowhere = { throughput: missing, latency: missing };

/** Names the numbers that the article cites; null where the profile did not measure a value. */
export function watchValues(dataset: WatchData, { verdicts, instruments, costs }: WatchSummaries): Handed {
  const healthy = healthyLoad(dataset);
  const isHealthy = healthy.stretches > 0;
  const { withIncident, without } = hostStalls(dataset);
  const memory = memoryOfMillion(dataset);
  const [recall, precision] = [recallOf(dataset), precisionOf(dataset)];
  const factors = serviceFactors(dataset);
  const factorsOn = (pool: WatchCost["pool"]) => factors.find((row) => row.pool === pool) ?? nowhere;
  const [piscina, handMade] = [factorsOn("piscina"), factorsOn("hand-made")];
  const tiny = { source: "tiny-tasks" } as const;
  const inMs = (ns: number | null) => (ns === null ? null : ns / 1e6);
  const blamed = (source: InstrumentVerdict["source"], column: "blockedAtShare" | "loopDelayShare") =>
    valueAt(instruments, { source }, column);
  return {
    runs: dataset.manifest.runs.valid,
    stalls: sum(verdicts.map(({ stalls }) => stalls)),
    heldStalls: sum(
      workerStalls.flatMap((source) => rowsOf(verdicts, { source }).map(({ stalls }) => stalls)),
    ),
    recallShare: recall.estimate,
    recallLowShare: recall.low,
    recallHighShare: recall.high,
    precisionShare: precision.estimate,
    precisionLowShare: precision.low,
    precisionHighShare: precision.high,
    toldWhileTheyLastShare: toldWhileTheyLast(dataset).estimate,
    recallMainShare: valueAt(verdicts, { source: "main-thread" }, "recallShare"),
    recallLibuvShare: valueAt(verdicts, { source: "libuv" }, "recallShare"),
    holdErrorMs: inMs(holdErrorOf(dataset).estimate),
    waitErrorMs: inMs(waitErrorOf(dataset).estimate),
    firstLineMs: inMs(firstLineOf(dataset).estimate),
    blockedAtParkedShare: blamed("parked", "blockedAtShare"),
    blockedAtMainShare: blamed("main-thread", "blockedAtShare"),
    loopDelayMainShare: blamed("main-thread", "loopDelayShare"),
    loopDelayParkedShare: blamed("parked", "loopDelayShare"),
    healthyMinutes: isHealthy ? healthy.minutes : null,
    healthyTasks: isHealthy ? healthy.tasks : null,
    healthyStretches: isHealthy ? healthy.stretches : null,
    falseIncidents: isHealthy ? healthy.incidents : null,
    falseStretches: isHealthy ? withIncident.stretches : null,
    falseStretchesStalled: isHealthy ? withIncident.stalled : null,
    silentStretches: isHealthy ? without.stretches : null,
    silentStretchesStalled: isHealthy ? without.stalled : null,
    falsePerHourLow: healthy.falsePerHourLow,
    falsePerHourHigh: healthy.falsePerHourHigh,
    throughputPiscinaFactor: piscina.throughput.estimate,
    throughputPiscinaLowFactor: piscina.throughput.low,
    throughputPiscinaHighFactor: piscina.throughput.high,
    latencyPiscinaFactor: piscina.latency.estimate,
    latencyPiscinaLowFactor: piscina.latency.low,
    latencyPiscinaHighFactor: piscina.latency.high,
    throughputHandMadeFactor: handMade.throughput.estimate,
    throughputHandMadeLowFactor: handMade.throughput.low,
    throughputHandMadeHighFactor: handMade.throughput.high,
    latencyHandMadeFactor: handMade.latency.estimate,
    latencyHandMadeLowFactor: handMade.latency.low,
    latencyHandMadeHighFactor: handMade.latency.high,
    tinyThroughputFactor: valueAt(costs, { ...tiny, pool: "piscina" }, "throughputFactor"),
    tinyMainUs: valueAt(costs, { ...tiny, pool: "piscina" }, "mainUs"),
    tinyWorkersUs: valueAt(costs, { ...tiny, pool: "piscina" }, "workersUs"),
    tinyWatchUs: valueAt(costs, { ...tiny, pool: "piscina" }, "watchUs"),
    workersUs: valueAt(costs, { source: "service", pool: "piscina" }, "workersUs"),
    watchUs: valueAt(costs, { source: "service", pool: "piscina" }, "watchUs"),
    restingShare: restingShareOf(dataset).estimate,
    stampNs: stampCostOf(dataset).estimate,
    millionGrownMiB: memory.grownMiB,
    millionTraceMiB: memory.traceMiB,
  };
}

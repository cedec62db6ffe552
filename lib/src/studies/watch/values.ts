import type { Handed } from "../../summary/handed.ts";
import { valueAt } from "../../summary/rows.ts";
import {
  healthyLoad,
  precisionOf,
  recallOf,
  type StallVerdict,
  stampCostOf,
  throughputFactorOf,
  toldWhileTheyLast,
  type WatchCost,
  type WatchData,
} from "./analysis.ts";

/** The tables that the notebook of the watch has made. */
export interface WatchSummaries {
  readonly verdicts: readonly StallVerdict[];
  readonly costs: readonly WatchCost[];
}

/** Names the numbers that the article cites; null where the profile did not measure a value. */
export function watchValues(dataset: WatchData, { verdicts, costs }: WatchSummaries): Handed {
  const recall = recallOf(dataset);
  const precision = precisionOf(dataset);
  const throughput = throughputFactorOf(dataset);
  const healthy = healthyLoad(dataset);
  const worst = (column: "holdErrorMs" | "waitErrorMs" | "firstLineMs") =>
    most(
      verdicts
        .filter(({ source }) => source !== "main-thread" && source !== "libuv")
        .map((row) => row[column]),
    );
  return {
    runs: dataset.manifest.runs.valid,
    stalls: verdicts.reduce((sum, { stalls }) => sum + stalls, 0),
    recallShare: recall.estimate,
    recallLowShare: recall.low,
    precisionShare: precision.estimate,
    precisionLowShare: precision.low,
    toldWhileTheyLastShare: toldWhileTheyLast(dataset).estimate,
    recallMainShare: valueAt(verdicts, { source: "main-thread" }, "recallShare"),
    recallLibuvShare: valueAt(verdicts, { source: "libuv" }, "recallShare"),
    holdErrorMs: worst("holdErrorMs"),
    waitErrorMs: worst("waitErrorMs"),
    firstLineMs: worst("firstLineMs"),
    healthyMinutes: healthy.stretches === 0 ? null : healthy.minutes,
    healthyTasks: healthy.stretches === 0 ? null : healthy.tasks,
    falseIncidents: healthy.stretches === 0 ? null : healthy.incidents,
    throughputFactor: throughput.estimate,
    throughputLowFactor: throughput.low,
    latencyFactor: most(costs.map(({ latencyFactor }) => latencyFactor)),
    stampNs: stampCostOf(dataset).estimate,
  };
}

function most(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

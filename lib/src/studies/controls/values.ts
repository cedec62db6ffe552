import { sum } from "simple-statistics";
import type { DispatcherRuleEffect } from "../../ledger/dispatcher-rule.ts";
import type { Handed } from "../../summary/handed.ts";
import type { ClosingPrecision } from "../../summary/precision-by-part.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import type { AgedProcess } from "./analysis/aged-processes.ts";
import type { MainCollections, RunCollections } from "./analysis/collections.ts";
import { type ControlsData, controlRuns } from "./analysis/control-runs.ts";
import type { EarlyTimers, WarmUp } from "./analysis/idle-probes.ts";
import type { ClockAgreement, RecordingCost } from "./analysis/instrument.ts";
import type { LabelDifference } from "./analysis/no-difference.ts";
import type { NoiseStep } from "./analysis/noise-steps.ts";
import type { OrderEffects } from "./analysis/order-effects.ts";
import type { ControlsScenario } from "./run.ts";

/** The tables that the controls notebook has made. */
export interface ControlsSummaries {
  readonly labels: readonly LabelDifference[];
  readonly aged: readonly AgedProcess[];
  readonly costs: readonly RecordingCost[];
  readonly clocks: readonly ClockAgreement[];
  readonly steps: readonly NoiseStep[];
  readonly early: readonly EarlyTimers[];
  readonly warm: readonly WarmUp[];
  readonly orders: readonly OrderEffects[];
  readonly precision: readonly ClosingPrecision[];
  readonly kept: readonly MainCollections[];
  readonly collected: readonly RunCollections[];
  readonly late: readonly DispatcherRuleEffect[];
  /** The same of other reference hosts. */
  readonly elsewhere: readonly DispatcherRuleEffect[];
}

/** Names the numbers that the article cites of the controls. Null where the profile did not measure a value. */
export function controlsValues(data: ControlsData, summaries: ControlsSummaries): Handed {
  const {
    labels,
    aged,
    costs,
    clocks,
    steps,
    early,
    warm,
    orders,
    precision,
    kept,
    collected,
    late,
    elsewhere,
  } = summaries;
  const step = (name: NoiseStep["step"], tasks: number, column: keyof NoiseStep) =>
    valueAt(steps, { step: name, tasks }, column);
  const cost = (executor: RecordingCost["executor"], column: keyof RecordingCost) =>
    valueAt(costs, { executor }, column);
  const agedOf = (executor: AgedProcess["executor"], column: keyof AgedProcess) =>
    valueAt(aged, { executor }, column);
  const label = (column: keyof LabelDifference) =>
    valueAt(labels, { system: "run-queue", quantile: "p99" }, column);
  const waiting = (name: NoiseStep["step"]) => tenth(step(name, 500, "waitMs"));
  const warmth = (column: keyof WarmUp) => valueAt(warm, { system: "run-queue", tasks: 50 }, column);
  const yielders = (column: keyof MainCollections) =>
    valueAt(kept, { program: "yielder", system: "piscina" }, column);
  const clock = (column: keyof ClockAgreement) => valueAt(clocks, { way: "atomics" }, column);
  const drifts = orders.filter(
    ({ driftLowShare: low, driftHighShare: high }) => low !== null && high !== null,
  );
  const drifting = drifts.filter(
    ({ driftLowShare: low, driftHighShare: high }) => Number(low) > 0 || Number(high) < 0,
  );
  const successions = orders.flatMap(({ successionLow: low, successionHigh: high }) => known(low, high));
  return {
    runs: data.manifest.runs.valid,
    labelsCompared: labels.length,
    labelsAlike: labels.filter(({ pValue }) => pValue !== null && pValue <= 0.025).length,
    labelsFarthestMs: greatest(
      labels.flatMap(({ differenceLowMs: low, differenceHighMs: high }) => [negative(low), high]),
    ),
    labelP99RunQueueMs: label("differenceMs"),
    labelP99RunQueueLowMs: label("differenceLowMs"),
    labelP99RunQueueHighMs: label("differenceHighMs"),
    costRunQueueNs: cost("run-queue", "costNs"),
    costRunQueueLowNs: cost("run-queue", "costLowNs"),
    costRunQueueHighNs: cost("run-queue", "costHighNs"),
    costPinnedNs: cost("pinned", "costNs"),
    pollRunQueueNs: cost("run-queue", "onNs"),
    pollPiscinaNs: cost("piscina", "onNs"),
    roundTrips: sum(clocks.map(({ roundTrips }) => roundTrips)),
    outside: sum(clocks.map(({ outside }) => outside)),
    clockUs: greatest([clock("aheadAtMostUs"), clock("behindAtMostUs")]),
    atomicsMs: step("atomics", 1, "p50Ms"),
    messagesMs: step("messages", 1, "p50Ms"),
    earlyTimerShare: valueAt(early, { system: "bare-timer" }, "earlyShare"),
    earlyPinnedShare: valueAt(early, { system: "pinned" }, "earlyShare"),
    earlyMostMs: greatest(early.map(({ mostMs }) => mostMs)),
    futexRatioRunQueue50: step("run queue", 50, "futexRatio"),
    futexRatioRunQueue50Low: step("run queue", 50, "futexRatioLow"),
    futexRatioRunQueue50High: step("run queue", 50, "futexRatioHigh"),
    futexRatioRunQueue500: step("run queue", 500, "futexRatio"),
    futexRatioRunQueue500Low: step("run queue", 500, "futexRatioLow"),
    futexRatioRunQueue500High: step("run queue", 500, "futexRatioHigh"),
    p99Futex50Ms: step("futex timer", 50, "p99Ms"),
    agedPollPiscina: agedOf("piscina", "ratio"),
    agedPollRunQueue: agedOf("run-queue", "ratio"),
    agedTailPiscina: agedOf("piscina", "tailRatio"),
    agedTailRunQueue: agedOf("run-queue", "tailRatio"),
    ratioRunQueue50: step("run queue", 50, "ratio"),
    ratioRunQueue500: step("run queue", 500, "ratio"),
    ratioRunQueue500Low: step("run queue", 500, "ratioLow"),
    ratioRunQueue500High: step("run queue", 500, "ratioHigh"),
    waitRunQueue500Share: waiting("run queue"),
    waitTimer500Share: waiting("bare timer"),
    waitFirst500Share: waiting("run queue, dispatcher first"),
    waitOneWorker500Share: waiting("run queue, 1 worker"),
    preemptions500: step("run queue", 500, "preemptions"),
    preemptionsFirst500: step("run queue, dispatcher first", 500, "preemptions"),
    p99RunQueue500Ms: step("run queue", 500, "p99Ms"),
    p99First500Ms: step("run queue, dispatcher first", 500, "p99Ms"),
    p99TopTier500Ms: step("run queue, top tier", 500, "p99Ms"),
    p99TopTier500LowMs: step("run queue, top tier", 500, "p99LowMs"),
    p99TopTier500HighMs: step("run queue, top tier", 500, "p99HighMs"),
    ratioTopTier500: step("run queue, top tier", 500, "ratio"),
    p99OneWorker500Ms: step("run queue, 1 worker", 500, "p99Ms"),
    p99TimerAwake500Ms: step("bare timer, cores awake", 500, "p99Ms"),
    p99SmallHeap500Ms: step("run queue, small heap", 500, "p99Ms"),
    p99SmallHeap500LowMs: step("run queue, small heap", 500, "p99LowMs"),
    p99SmallHeap500HighMs: step("run queue, small heap", 500, "p99HighMs"),
    collectionsSmallHeap500:
      step("run queue, small heap", 500, "runs") === null
        ? null
        : collections(data, { tasks: 500, heap: "default" }),
    probes64Mb: sum(rowsOf(kept, { program: "probe" }).map(({ runs }) => runs)),
    collectingProbes64Mb: sum(rowsOf(kept, { program: "probe" }).map(({ collecting }) => collecting)),
    yieldersPiscina64Mb: yielders("runs"),
    collectingYieldersPiscina64Mb: yielders("collecting"),
    collectionYieldersPiscinaMs: yielders("longestMs"),
    collectedOnWorkers: collectedOn("workers", collected),
    collectedOnMain: collectedOn("main", collected),
    collectedOnMainOfRamp: collectedOn("main", rowsOf(collected, { experiment: "load-ramp" })),
    hostRuns: sum(late.map(({ runs }) => runs)),
    lateRuns: sum(late.map((row) => row.late)),
    lateExperiments: late.filter((row) => row.late > 0).length,
    lateMostOfOneShare: greatest(late.map(({ mostOfOneShare }) => mostOfOneShare)),
    lateClaims: sum(late.filter((row) => row.late > 0).map(({ claims }) => claims)),
    lateChanged: sum(late.map(({ changed }) => changed)),
    lateReversed: sum(late.map(({ reversed }) => reversed)),
    lateElsewhereRuns: sum(elsewhere.map((row) => row.late)),
    lateElsewhereOfRuns: sum(elsewhere.map(({ runs }) => runs)),
    lateElsewhereMostOfOneShare: greatest(elsewhere.map(({ mostOfOneShare }) => mostOfOneShare)),
    lateElsewhereChanged: sum(elsewhere.map(({ changed }) => changed)),
    lateElsewhereReversed: sum(elsewhere.map(({ reversed }) => reversed)),
    warmRunQueue: warmth("ratio"),
    warmRunQueueLow: warmth("ratioLow"),
    warmRunQueueHigh: warmth("ratioHigh"),
    ordered: drifts.length,
    drifting: drifting.length,
    driftingExperiments: drifting
      .map(({ experiment, driftShare }) => {
        const percent = (100 * Number(driftShare)).toFixed(1).replace("-", "\u2212");
        return `${experiment} ${percent}\u00a0%`;
      })
      .join(", "),
    successions: successions.length,
    succeeding: successions.filter(({ low }) => low > 0).length,
    receding: successions.filter(({ high }) => high < 0).length,
    scenarios: sum(precision.map(({ scenarios }) => scenarios)),
    precise: sum(precision.map(({ precise }) => precise)),
    madeRuns: sum(precision.map((row) => row.runs)),
    fixedRuns: sum(precision.map(({ fixedRuns }) => fixedRuns)),
    savedMin: sum(precision.map(({ savedMin }) => savedMin)),
    savedDelaysShare: valueAt(precision, { experiment: "scheduling-delay" }, "savedShare"),
    savedRequestsShare: valueAt(precision, { experiment: "request-timeouts" }, "savedShare"),
  };
}

/** Counts the garbage collections on the dispatching thread of the run queue, over all runs with these levels. */
function collections(data: ControlsData, levels: Pick<ControlsScenario, "tasks" | "heap">): number {
  return sum(controlRuns(data, "collection", { system: "run-queue", ...levels }).map(({ length }) => length));
}

/** The bounds of an interval that both are known. */
function known(low: number | null, high: number | null) {
  return low === null || high === null ? [] : [{ low, high }];
}

function negative(value: number | null): number | null {
  return value === null ? null : -value;
}

function greatest(values: readonly (number | null)[]): number | null {
  const found = values.filter((value) => value !== null);
  return found.length === 0 ? null : Math.max(...found);
}

/** Says in how many runs such a thread collected garbage: "3 of 900 runs, for 8.1 ms at most". */
function collectedOn(thread: "main" | "workers", rows: readonly RunCollections[]): string {
  const told = sum(rows.map((row) => row[`${thread}Told`]));
  const collecting = sum(rows.map((row) => row[`${thread}Collecting`] ?? 0));
  const longestMs = greatest(rows.map((row) => row[`${thread}LongestMs`]));
  if (told === 0 || longestMs === null) return "not measured";
  return `${collecting} of ${told.toLocaleString("en")} runs, for ${longestMs.toFixed(1)} ms at most`;
}

/** Milliseconds in a slice of 10 ms, as a share of it. */
function tenth(ms: number | null): number | null {
  return ms === null ? null : ms / 10;
}

import type { ColumnTable } from "arquero";
import { type Handed, numberAt } from "../../summary/handed.ts";
import type { Dataset } from "../../tables/load.ts";
import { controlRuns } from "./analysis/control-runs.ts";

/** The tables that the controls notebook has made. */
export interface ControlsSummaries {
  readonly labels: ColumnTable;
  readonly costs: ColumnTable;
  readonly clocks: ColumnTable;
  readonly steps: ColumnTable;
  readonly early: ColumnTable;
  readonly warm: ColumnTable;
  readonly orders: ColumnTable;
  readonly precision: ColumnTable;
}

/** Names the numbers that the article cites of the controls. Null where the profile did not measure a value. */
export function controlsValues(data: Dataset, summaries: ControlsSummaries): Handed {
  const { labels, costs, clocks, steps, early, warm, orders, precision } = summaries;
  const step = (name: string, tasks: number, column: string) =>
    numberAt(steps, { step: name, tasks }, column);
  const cost = (executor: string, column: string) => numberAt(costs, { executor }, column);
  const sum = (table: ColumnTable, column: string) => total(columnOf(table, column));
  const label = (column: string) => numberAt(labels, { system: "run-queue", quantile: "p99" }, column);
  const waiting = (name: string) => tenth(step(name, 500, "waitMs"));
  const warmth = (column: string) => numberAt(warm, { system: "run-queue", tasks: 50 }, column);
  const intervals = (column: string) => intervalsOf(orders, column);
  const zeroIn = ({ low, high }: { low: number; high: number }) => low <= 0 && high >= 0;
  return {
    runs: data.manifest.runs.valid,
    leastAdjusted: least(columnOf(labels, "adjusted")),
    labelP99RunQueueMs: label("differenceMs"),
    labelP99RunQueueLowMs: label("differenceLowMs"),
    labelP99RunQueueHighMs: label("differenceHighMs"),
    costRunQueueNs: cost("run-queue", "costNs"),
    costRunQueueLowNs: cost("run-queue", "costLowNs"),
    costRunQueueHighNs: cost("run-queue", "costHighNs"),
    costPinnedNs: cost("pinned", "costNs"),
    pollRunQueueNs: cost("run-queue", "onNs"),
    pollPiscinaNs: cost("piscina", "onNs"),
    roundTrips: sum(clocks, "roundTrips"),
    outside: sum(clocks, "outside"),
    clockUs: greatest([
      numberAt(clocks, { way: "atomics" }, "aheadAtMostUs"),
      numberAt(clocks, { way: "atomics" }, "behindAtMostUs"),
    ]),
    atomicsMs: step("atomics", 1, "p50Ms"),
    messagesMs: step("messages", 1, "p50Ms"),
    earlyTimerShare: numberAt(early, { system: "bare-timer" }, "earlyShare"),
    earlyPinnedShare: numberAt(early, { system: "pinned" }, "earlyShare"),
    earlyMostMs: greatest(columnOf(early, "mostMs")),
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
    warmRunQueue: warmth("ratio"),
    warmRunQueueLow: warmth("ratioLow"),
    warmRunQueueHigh: warmth("ratioHigh"),
    ordered: intervals("drift").length,
    driftless: intervals("drift").filter(zeroIn).length,
    successions: intervals("succession").length,
    succeeding: intervals("succession").filter(({ low }) => low > 0).length,
    scenarios: sum(precision, "scenarios"),
    precise: sum(precision, "precise"),
    madeRuns: sum(precision, "runs"),
    fixedRuns: sum(precision, "fixedRuns"),
    savedMin: sum(precision, "savedMin"),
    savedDelaysShare: numberAt(precision, { experiment: "scheduling-delay" }, "savedShare"),
    savedRequestsShare: numberAt(precision, { experiment: "request-timeouts" }, "savedShare"),
  };
}

/** Counts the garbage collections on the dispatching thread of the run queue, over all runs with these levels. */
function collections(data: Dataset, levels: { readonly tasks: number; readonly heap: string }): number {
  return total(controlRuns(data, "collection", { system: "run-queue", ...levels }).map((run) => run.length));
}

function intervalsOf(orders: ColumnTable, name: string): { low: number; high: number }[] {
  const unit = name === "drift" ? "Share" : "";
  return (orders.objects() as Record<string, number | null>[]).flatMap((row) => {
    const [low, high] = [row[`${name}Low${unit}`], row[`${name}High${unit}`]];
    return typeof low === "number" && typeof high === "number" ? [{ low, high }] : [];
  });
}

function columnOf(table: ColumnTable, name: string): number[] {
  if (table.numRows() === 0) return [];
  return (Array.from(table.array(name)) as (number | null)[]).filter((value) => value !== null);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function least(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}

function greatest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** Milliseconds in a slice of 10 ms, as a share of it. */
function tenth(ms: number | null): number | null {
  return ms === null ? null : ms / 10;
}

import { lockCapacity, slotSuspensionMs } from "../../model/suspension-capacity.ts";
import { type CellQuery, cells } from "../../summary/cells.ts";
import { meanOf, quantileOf, type Runs, shareAboveOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type SuspensionConvoy = ReturnType<typeof experiment>;
export type SuspensionConvoyData = Dataset<SuspensionConvoy>;
type Sample = SampleOf<SuspensionConvoy>;

export type SuspensionCapacity = ReturnType<typeof suspensionCapacities>[number];
export type SuspensionHold = ReturnType<typeof suspensionHolds>[number];

export interface RunRates<Levels> {
  readonly levels: Levels;
  /** One rate a run, per second. */
  readonly byRun: Runs;
}

/** Divides what a run's total counted by its span: messages of the coordinator, or entries of the state by others. */
export function runRates<By extends keyof Sample>(
  dataset: SuspensionConvoyData,
  count: "messages" | "entries",
  { by, where = {} }: Omit<CellQuery<SuspensionConvoy, By>, "value">,
): RunRates<Pick<Sample, By>>[] {
  const query = { by, where: { ...where, row: "total" } };
  const spans = cells(dataset, { ...query, value: "spanNs" });
  return cells(dataset, { ...query, value: count }).map(({ levels, byRun }, cell) => ({
    levels,
    byRun: byRun.map((counts, run) =>
      counts.map((total, at) => (total * 1e9) / (spans[cell]?.byRun[run]?.[at] ?? Number.NaN)),
    ),
  }));
}

const saturating = { load: "saturating", executor: "run-queue" } as const;

/**
 * Sets the capacity of the shared state beside the law, by variant × consumer time: entries a second by the task that
 * always wants it, messages a second of the coordinator, and what the closed form says for both. The law takes the
 * length of a turn from the good variant alone, so that it predicts the bad one.
 */
export function suspensionCapacities(dataset: SuspensionConvoyData) {
  const by = ["variant", "consumeUs"] as const;
  const messages = runRates(dataset, "messages", { by, where: saturating });
  const holdMs = turnMs(dataset);
  return runRates(dataset, "entries", { by, where: saturating }).map(({ levels, byRun }, cell) => {
    const { variant } = levels;
    const consumeMs = levels.consumeUs / 1000;
    return {
      variant,
      consumeMs,
      runs: byRun.length,
      ...intervalColumns("entriesPerSecond", "", meanOf(byRun)),
      lawPerSecond: lawPerSecond(variant, consumeMs, holdMs),
      ...intervalColumns("messagesPerSecond", "", meanOf(messages[cell]?.byRun ?? [])),
      channelPerSecond: 1000 / consumeMs,
    };
  });
}

/** How long a turn under the lock takes when nobody waits with it (ms): from the good variant; null without it. */
function turnMs(dataset: SuspensionConvoyData): number | null {
  const rates = runRates(dataset, "entries", { by: [], where: { ...saturating, variant: "good" } });
  const mean = meanOf(rates[0]?.byRun ?? []).estimate;
  return mean === null ? null : 1000 / mean;
}

/** Entries a second by the closed form; null without the length of a turn. */
function lawPerSecond(variant: Sample["variant"], consumeMs: number, holdMs: number | null): number | null {
  if (holdMs === null) return null;
  const suspensionMs = slotSuspensionMs(consumeMs, holdMs);
  return 1000 * lockCapacity(variant === "bad" ? "holding" : "released", { holdMs, suspensionMs });
}

/** An event that was consumed later than this after its message was due is late. */
const latencyBudgetNs = 200e6;
const milliseconds = 1e-6;

/**
 * Summarises the runs on three streams, by executor × variant × blockers: the coordinator's hold and wait, the wait of
 * the enrichment for the same lock, the latency of events, the share of late ones, and messages a second.
 */
export function suspensionHolds(dataset: SuspensionConvoyData) {
  const by = ["executor", "variant", "blockers"] as const;
  const streams = { load: "streams" } as const;
  const rates = runRates(dataset, "messages", { by, where: streams });
  return cells(dataset, { value: "holdNs", by, where: { ...streams, row: "message" } }).map(
    ({ levels, byRun }, cell) => {
      const samples = (value: "lockWaitNs" | "latencyNs", row: string) =>
        cells(dataset, { value, by: [], where: { ...streams, ...levels, row } })[0]?.byRun ?? [];
      const waits = samples("lockWaitNs", "message");
      const enrichments = samples("lockWaitNs", "enrichment");
      const latencies = samples("latencyNs", "event");
      return {
        ...levels,
        runs: byRun.length,
        ...intervalColumns("holdP50", "Ms", quantileOf(byRun, 0.5), milliseconds),
        ...intervalColumns("holdP95", "Ms", quantileOf(byRun, 0.95), milliseconds),
        ...intervalColumns("waitP95", "Ms", quantileOf(waits, 0.95), milliseconds),
        ...intervalColumns("enrichmentP50", "Ms", quantileOf(enrichments, 0.5), milliseconds),
        ...intervalColumns("enrichmentP90", "Ms", quantileOf(enrichments, 0.9), milliseconds),
        ...intervalColumns("latencyP50", "Ms", quantileOf(latencies, 0.5), milliseconds),
        ...intervalColumns("latencyP99", "Ms", quantileOf(latencies, 0.99), milliseconds),
        ...intervalColumns("late", "Share", shareAboveOf(latencies, latencyBudgetNs)),
        ...intervalColumns("messagesPerSecond", "", meanOf(rates[cell]?.byRun ?? [])),
      };
    },
  );
}

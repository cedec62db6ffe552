import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { meanOf, quantileOf, shareAboveOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { runRates } from "./run-rates.ts";

/** An event that was consumed later than this after its message was due is late. */
const latencyBudgetNs = 200e6;
const milliseconds = 1e-6;

/**
 * Summarises the runs on three streams, by executor × variant × blockers: the coordinator's hold and wait, the wait of
 * the enrichment for the same lock, the latency of events, the share of late ones, and messages a second.
 */
export function suspensionHolds(dataset: Dataset): ColumnTable {
  const by = ["executor", "variant", "blockers"];
  const streams = { load: "streams" };
  const rates = runRates(dataset, "messages", { by, where: streams });
  const rows = cells(dataset, { value: "holdNs", by, where: { ...streams, row: "message" } }).map(
    ({ levels, byRun }, cell) => {
      const samples = (value: string, row: string) =>
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
  return from(rows);
}

import { type ColumnTable, from } from "arquero";
import { lockCapacity, slotSuspensionMs } from "../../model/suspension-capacity.ts";
import type { Dataset } from "../../tables/load.ts";
import { meanOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { runRates } from "./run-rates.ts";

const saturating = { load: "saturating", executor: "run-queue" };

/**
 * Sets the capacity of the shared state beside the law, by variant × consumer time: entries a second by the task that
 * always wants it, messages a second of the coordinator, and what the closed form says for both. The law takes the
 * length of a turn from the good variant alone, so that it predicts the bad one.
 */
export function suspensionCapacities(dataset: Dataset): ColumnTable {
  const by = ["variant", "consumeUs"];
  const messages = runRates(dataset, "messages", { by, where: saturating });
  const holdMs = turnMs(dataset);
  const rows = runRates(dataset, "entries", { by, where: saturating }).map(({ levels, byRun }, cell) => {
    const variant = String(levels["variant"]);
    const consumeMs = Number(levels["consumeUs"]) / 1000;
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
  return from(rows);
}

/** How long a turn under the lock takes when nobody waits with it (ms): from the good variant; null without it. */
function turnMs(dataset: Dataset): number | null {
  const rates = runRates(dataset, "entries", { by: [], where: { ...saturating, variant: "good" } });
  const mean = meanOf(rates[0]?.byRun ?? []).estimate;
  return mean === null ? null : 1000 / mean;
}

/** Entries a second by the closed form; null without the length of a turn. */
function lawPerSecond(variant: string, consumeMs: number, holdMs: number | null): number | null {
  if (holdMs === null) return null;
  const suspensionMs = slotSuspensionMs(consumeMs, holdMs);
  return 1000 * lockCapacity(variant === "bad" ? "holding" : "released", { holdMs, suspensionMs });
}

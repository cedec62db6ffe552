import { type Handed, valueAt } from "scheduling-safety/study";
import type { PriceDelay, SlowReceiptsData } from "./analysis.ts";

/** Names the numbers that prose cites; null where a scenario was not measured. */
export function slowReceiptsValues(dataset: SlowReceiptsData, delays: readonly PriceDelay[]): Handed {
  return {
    runs: dataset.manifest.runs.valid,
    pricesAloneMs: valueAt(delays, { receipts: "none" }, "p95Ms"),
    pricesSharedMs: valueAt(delays, { receipts: "some", pools: "shared" }, "p95Ms"),
    pricesOwnPoolMs: valueAt(delays, { receipts: "some", pools: "own" }, "p95Ms"),
  };
}

import { axis, type Figure, intervalSeries, logAxis, seriesStyle } from "scheduling-safety/study";
import type { PriceDelay } from "./analysis.ts";

/**
 * Draws the p95 of prices: alone, beside receipts on the shared pool, and beside receipts on their own.
 *
 * @param delays what `priceDelays` gives
 */
export function slowReceiptsFigure(delays: readonly PriceDelay[]): Figure {
  const names = delays.map(({ receipts, pools }) => (receipts === "none" ? "alone" : `${pools} pool`));
  const ticks = { tickvals: names.map((_, i) => i), ticktext: names };
  return {
    id: "slow-receipts-delays",
    title: "How long prices take",
    alt: `95th percentile of the time to a price in milliseconds, on a logarithmic axis, with 95 % intervals over runs: ${names.join(", ")}.`,
    data: [
      intervalSeries({
        name: "price",
        rows: delays,
        x: (row) => delays.indexOf(row),
        y: ["p95Ms", "p95LowMs", "p95HighMs"],
        log: true,
        style: seriesStyle("piscina"),
        unit: "ms",
      }),
    ],
    layout: { xaxis: axis("Receipts", null, ticks), yaxis: logAxis("Price, p95", "ms") },
  };
}

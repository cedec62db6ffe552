import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { keysOnTop } from "../../drawing/marker-keys.ts";
import { lineKey } from "../../drawing/model-line.ts";
import { palette } from "../../drawing/palette.ts";
import { type PublishedRow, tokioFailures } from "../../drawing/published-rows.ts";
import { axis, seriesStyle } from "../../drawing/theme.ts";
import { rowsOf } from "../../summary/rows.ts";
import type { TokioRequestFailures } from "./analysis.ts";

const publishedName = "tokio (published)";

const lines = [
  {
    name: "block before the timer",
    placement: "before-deadline",
    color: palette.blue,
    dash: "solid",
    symbol: "circle",
  },
  {
    name: "block under the timer",
    placement: "inside-deadline",
    color: palette.vermilion,
    dash: "solid",
    symbol: "square",
  },
] as const;

/**
 * Draws the failure rate on Tokio against clients, closed loop, the block before the timer and under it, and the
 * published rates.
 *
 * @param failures what `tokioRequestFailures` gives
 * @param published what `publishedTokio("request-timeouts")` gives
 */
export function tokioRequestsPlacement(
  failures: readonly TokioRequestFailures[],
  published: readonly PublishedRow[],
): Figure {
  const shared = { x: ({ clients }: { readonly clients: number }) => clients, scale: 100, unit: "%" };
  const style = seriesStyle(publishedName);
  return {
    id: "tokio-requests-placement",
    title: "Where the block comes, and what fails",
    alt: "Share of failed requests in percent against the number of clients on Tokio, closed loop: the block before the timer and under it, with 95 % intervals over runs, and the published rates.",
    data: [
      ...lines.map(({ name, dash, color }) => lineKey(name, dash, color)),
      lineKey("published", style.dash, style.color),
      intervalSeries({
        ...shared,
        name: publishedName,
        rows: tokioFailures(published),
        y: ["failureShare"],
        style,
        open: true,
      }),
      ...lines.map(({ name, placement, ...own }) =>
        intervalSeries({
          ...shared,
          name,
          rows: rowsOf(failures, { lifoSlot: "on", load: "closed-loop", placement }),
          y: ["failureShare", "failureLowShare", "failureHighShare"],
          style: own,
        }),
      ),
    ],
    layout: {
      xaxis: axis("Clients", null, { range: [-2, 54], dtick: 10, tick0: 0 }),
      yaxis: axis("Failed requests", "%", { range: [-3, 103], dtick: 25 }),
      legend: keysOnTop,
      margin: { l: 64, r: 16, t: 64, b: 52 },
    },
  };
}

import type { SeriesStyle } from "../theme.ts";

const STYLES: Readonly<Record<string, SeriesStyle>> = {
  "as-is": { color: "#D55E00", dash: "solid", symbol: "circle" },
  offloaded: { color: "#0072B2", dash: "dash", symbol: "square" },
  "abort-queued": { color: "#009E73", dash: "solid", symbol: "diamond" },
  "skip-expired": { color: "#CC79A7", dash: "dot", symbol: "triangle-up" },
};

const NAMES: Readonly<Record<string, string>> = {
  "as-is": "as is",
  offloaded: "offloaded",
  "abort-queued": "aborted if queued",
  "skip-expired": "skipped if expired",
};

/**
 * Gives how a treatment looks in every figure of the service.
 * @throws RangeError for a treatment without a style.
 */
export function treatmentStyle(treatment: string): SeriesStyle {
  const style = STYLES[treatment];
  if (style === undefined) {
    throw new RangeError(`treatment must be one of ${Object.keys(STYLES).join(", ")}; got ${treatment}`);
  }
  return style;
}

/** Names a treatment for readers. */
export function treatmentName(treatment: string): string {
  return NAMES[treatment] ?? treatment;
}

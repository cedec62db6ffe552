import type { SeriesStyle } from "../theme.ts";

/** How the operations of libuv's pool look, in both figures of its experiment. */
export const operationStyle = {
  "fs.stat": { color: "#0072B2", dash: "solid", symbol: "circle" },
  "crypto.randomBytes": { color: "#009E73", dash: "dot", symbol: "diamond" },
  "dns.lookup": { color: "#D55E00", dash: "solid", symbol: "square" },
} as const satisfies Record<string, SeriesStyle>;

export type Operation = keyof typeof operationStyle;

/** What stands behind the panels' titles and the models' lines. */
export const INK = "#3d444d";

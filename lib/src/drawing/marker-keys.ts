import type { Data, Legend } from "plotly.js";
import { palette } from "./palette.ts";

export interface MarkerKey {
  readonly label: string;
  readonly open: boolean;
  readonly dash?: "solid" | "dash" | "dot";
}

/** Explains filled and open marks once for all panels, in ink, because the panels differ in colour. */
export function markerKeys(keys: readonly MarkerKey[]): Data[] {
  return keys.map(({ label, open, dash }) => ({
    type: "scatter",
    mode: dash === undefined ? "markers" : "lines+markers",
    name: label,
    x: [null],
    y: [null],
    ...(dash && { line: { color: palette.slate, dash, width: 1.75 } }),
    marker: {
      size: 9,
      color: open ? palette.paper : palette.slate,
      line: { color: palette.slate, width: 1.75 },
    },
    showlegend: true,
  }));
}

/** Puts the keys above the titles of the panels. */
export const keysOnTop: Partial<Legend> = {
  x: 0,
  xref: "paper",
  y: 1,
  yref: "container",
  yanchor: "top",
};

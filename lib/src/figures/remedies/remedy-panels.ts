import type { Data } from "plotly.js";
import type { Figure } from "../figure.ts";
import { floorKey, floorLines } from "../floor-mark.ts";
import { keysOnTop, markerKeys } from "../marker-keys.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { levelsOf, positive, type Row } from "../rows.ts";
import type { axis } from "../theme.ts";
import { type Bound, whiskers } from "../whiskers.ts";

/** One of the marks on every line: which columns, and how it is told from the other. */
export interface RemedyMark {
  readonly label: string;
  readonly stem: string;
  readonly unit: string;
  readonly open: boolean;
}

const titles: Readonly<Record<string, string>> = {
  sleep: "sleep",
  read: "late read",
  compute: "computation",
  "foreign-call": "foreign call",
};
const INK = "#3d444d";
const AS_IS = "#D55E00";
const REMEDY = "#0072B2";
const noFloor = { floorMs: null, quantile: "" };

/**
 * Draws a quantity by remedy, one panel a kind of blocking work and one line a remedy: what is done about it on the left,
 * what comes of it to the right, *as is* in a colour of its own; where given, the noise floor as a line.
 */
export function remedyPanels(
  rows: readonly Row[],
  marks: readonly RemedyMark[],
  x: ReturnType<typeof axis>,
  { floorMs, quantile }: { readonly floorMs: number | null; readonly quantile: string } = noFloor,
): Pick<Figure, "data" | "layout"> {
  const jobs = levelsOf<string>(rows, "job");
  const remedies = levelsOf<string>(rows, "remedy");
  const line = (row: Row) => -remedies.indexOf(row["remedy"] as string);
  const { layout, axes } = panels(
    jobs.map((job) => ({ text: titles[job] ?? job, color: INK })),
    {
      columns: 2,
      gap: [0.06, 0.16],
      x,
      y: {
        range: [0.6 - remedies.length, 0.6],
        tickvals: remedies.map((_, i) => -i),
        ticktext: remedies.map((remedy) => remedy.replaceAll("-", " ")),
      },
    },
  );
  const data = jobs.flatMap((job, i) =>
    marks.map((mark): Data => {
      const own = rows.filter((row) => row["job"] === job);
      const panel = axes[i] as PanelAxes;
      const colors = own.map(({ remedy }) => (remedy === "as-is" ? AS_IS : REMEDY));
      const value = (row: Row, bound: Bound) => positive(row[`${mark.stem}${bound}${mark.unit}`]);
      return {
        type: "scatter",
        mode: "markers",
        name: mark.label,
        x: own.map((row) => value(row, "")),
        y: own.map(line),
        marker: {
          size: 9,
          color: mark.open ? own.map(() => "#ffffff") : colors,
          line: { color: colors, width: 1.75 },
        },
        error_x: whiskers(own, value, INK),
        hovertemplate: `${mark.label}: %{x:.3~g}<extra></extra>`,
        showlegend: false,
        ...panel,
      } as Data;
    }),
  );
  const margin = { l: 104, r: 16, t: 34, b: 52 };
  if (marks.length === 1) return { data, layout: { ...layout, height: 450, margin } };
  return {
    data: [...markerKeys(marks), ...floorKey(floorMs, quantile), ...data],
    layout: {
      ...layout,
      height: 480,
      legend: keysOnTop,
      shapes: floorLines(floorMs, "x", axes),
      margin: { ...margin, t: 64 },
    },
  };
}

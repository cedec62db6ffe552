import type { Annotation } from "plotly.js";
import type { PanelAxes } from "./panels.ts";

export interface DirectLabel {
  readonly text: string;
  readonly color: string;
  readonly x: number;
  readonly y: number;
}

export interface LabelOptions {
  readonly log?: boolean;
  /** Least distance of two labels, in units of the axis (decades where it is logarithmic). */
  readonly gap: number;
  readonly axes?: PanelAxes;
}

/** Writes names at the ends of their lines, moved apart where lines end close together. */
export function directLabels(
  labels: readonly DirectLabel[],
  { log = false, gap, axes = { xaxis: "x", yaxis: "y" } }: LabelOptions,
): Partial<Annotation>[] {
  const placed = labels
    .map((label) => ({ ...label, at: log ? Math.log10(label.y) : label.y }))
    .sort((a, b) => a.at - b.at);
  const spread = apart(
    placed.map(({ at }) => at),
    gap,
  );
  return placed.map(({ text, color, x }, i) => ({
    text,
    font: { color, size: 13 },
    x,
    y: spread[i] as number,
    xref: axes.xaxis as "x",
    yref: axes.yaxis as "y",
    xanchor: "left",
    yanchor: "middle",
    xshift: 7,
    showarrow: false,
  }));
}

/** Moves ascending positions apart to at least `gap`; those that collide share the move around their mean. */
function apart(positions: readonly number[], gap: number): number[] {
  const groups: { sum: number; count: number }[] = [];
  const centre = ({ sum, count }: { sum: number; count: number }) => sum / count;
  for (const position of positions) {
    let group = { sum: position, count: 1 };
    let last = groups.at(-1);
    while (last && centre(group) - centre(last) < (gap * (group.count + last.count)) / 2) {
      groups.pop();
      group = { sum: group.sum + last.sum, count: group.count + last.count };
      last = groups.at(-1);
    }
    groups.push(group);
  }
  return groups.flatMap((group) =>
    Array.from({ length: group.count }, (_, i) => centre(group) + (i - (group.count - 1) / 2) * gap),
  );
}

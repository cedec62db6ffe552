import type { Data } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { keysOnTop, markerKeys } from "../../drawing/marker-keys.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { axis } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { BlameShare } from "./analysis.ts";

const causes = [
  { cause: "blocked-workers", text: "Blockers hold every worker", color: palette.vermilion },
  { cause: "slow-dependency", text: "A slow dependency, one worker free", color: palette.blue },
] as const;

const verdicts = [
  { name: "named", label: "error names the culprit", open: true },
  { name: "accused", label: "records accuse the blockers", open: false },
] as const;

/**
 * Draws the share of failures whose error names the culprit beside the share that records of polls lay on the blockers,
 * by mechanism, one panel a cause; of several numbers of blockers the largest.
 *
 * @param shares what `blameShares` gives
 */
export function blameVerdicts(shares: readonly BlameShare[]): Figure {
  const mechanisms = levelsOf(shares, "mechanism").reverse();
  const { layout, axes } = panels(
    causes.map(({ text, color }) => ({ text, color })),
    {
      columns: 2,
      x: axis("Failures", "%", { range: [-6, 106], dtick: 25 }),
      y: {
        type: "category",
        categoryorder: "array",
        categoryarray: mechanisms,
        range: [-0.6, mechanisms.length - 0.4],
      },
      gap: [0.06, 0.2],
    },
  );
  const data = causes.flatMap(({ cause, color }, i) =>
    verdicts.map(({ name, label, open }): Data => {
      const rows = mechanisms.flatMap((mechanism) => {
        const found = rowsOf(shares, { cause, mechanism, errors: "plain" });
        return found.sort((a, b) => b.blockers - a.blockers).slice(0, 1);
      });
      const value = (row: BlameShare, bound: Bound) => percent(row[`${name}${bound}Share`]);
      return {
        type: "scatter",
        mode: "markers",
        name: label,
        x: rows.map((row) => value(row, "")),
        y: rows.map((row) => row.mechanism),
        marker: {
          // Where both say the same, the smaller filled mark lies within the open one.
          size: open ? 14 : 8,
          color: open ? palette.paper : color,
          line: { color, width: 2 },
        },
        error_x: whiskers(rows, value, color),
        hovertemplate: `%{y}, ${label}: %{x:.3~r} %<extra></extra>`,
        showlegend: false,
        ...(axes[i] as PanelAxes),
      } as Data;
    }),
  );
  return {
    id: "blame-verdicts",
    title: "Who is named, and who is accused",
    alt: `Share of failed operations in percent, by mechanism (${[...mechanisms].reverse().join(", ")}), whose error names the culprit, and that records of polls lay on the blockers; one panel for failures that blockers cause and one for failures that a slow dependency causes, with 95 % intervals over runs.`,
    data: [...markerKeys(verdicts), ...data],
    layout: { ...layout, height: 330, legend: keysOnTop, margin: { l: 120, r: 16, t: 64, b: 52 } },
  };
}

function percent(share: number | null): number | null {
  return share === null ? null : share * 100;
}

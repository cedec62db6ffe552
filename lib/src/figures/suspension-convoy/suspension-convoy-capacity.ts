import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { logRange } from "../log-range.ts";
import { keysOnTop, markerKeys } from "../marker-keys.ts";
import { lineKey, measuredMarks, modelLine } from "../model-line.ts";
import { type PanelAxes, panels } from "../panels.ts";
import { type Row, rowsOf } from "../rows.ts";
import { logAxis } from "../theme.ts";
import { variantStyles } from "./variant-style.ts";

const INK = "#1f2328";

const panelsOf = [
  { text: "others enter the state", measured: "entriesPerSecond", law: "lawPerSecond" },
  { text: "coordinator’s messages", measured: "messagesPerSecond", law: "channelPerSecond" },
] as const;

/**
 * Draws what a second leaves room for against the consumer's time for an event, both logarithmic: entries of the shared
 * state by others, and messages of the coordinator. Marks are measured, lines are the closed form.
 *
 * @param capacities what `suspensionCapacities` gives
 */
export function suspensionConvoyCapacity(capacities: ColumnTable): Figure {
  const rows = rowsOf(capacities);
  const columns = panelsOf.flatMap(({ measured, law }) => [measured, law]);
  const { layout, axes } = panels(
    panelsOf.map(({ text }) => ({ text, color: INK })),
    {
      columns: 2,
      x: logAxis("Consumer’s time", "ms", { range: logRange(rows, ["consumeMs"]) }),
      y: logAxis("A second", null, { range: logRange(rows, columns) }),
    },
  );
  const data = panelsOf.flatMap(({ text, measured, law }, i) =>
    variantStyles.flatMap(({ variant, label, ...style }) => {
      const series = {
        name: `${text}: ${label}`,
        rows: rows.filter((row) => row["variant"] === variant),
        x: (row: Row) => row["consumeMs"] as number,
        log: true,
        style,
        axes: axes[i] as PanelAxes,
        unit: "a second",
      };
      return [
        modelLine({ ...series, y: [law] }),
        measuredMarks({ ...series, y: [measured, `${measured}Low`, `${measured}High`] }),
      ];
    }),
  );
  return {
    id: "suspension-convoy-capacity",
    title: "What a suspension under a lock costs others",
    alt: "Entries of the shared state by others, and messages of the coordinator, a second, against the time the consumer takes for an event, on logarithmic scales: measured with 95 % intervals over runs, and the closed form as lines, for sending under the lock and for giving it back first.",
    data: [
      ...variantStyles.map(({ label, color }) => lineKey(label, "solid", color)),
      ...markerKeys([{ label: "measured", open: false }]),
      ...data,
    ],
    layout: { ...layout, height: 380, legend: keysOnTop, margin: { l: 72, r: 16, t: 64, b: 52 } },
  };
}

import type { ColumnTable } from "arquero";
import { type DirectLabel, directLabels } from "../direct-labels.ts";
import type { Figure } from "../figure.ts";
import { intervalSeries } from "../interval-series.ts";
import { logRange } from "../log-range.ts";
import { levelsOf, positive, type Row, rowsOf } from "../rows.ts";
import { saturationLabel, saturationLine } from "../saturation-mark.ts";
import { axis, logAxis, seriesStyle } from "../theme.ts";

const columns = ["schedToBusy", "schedToBusyLow", "schedToBusyHigh"] as const;
const tokio = "tokio (published)";
/** Decades above the highest value, for the name of the mark. */
const roomForLabel = 0.4;
const plain = { xaxis: "x", yaxis: "y" };

/**
 * Draws scheduled over busy time of the probes against blockers, one line an executor, beside the tasks published for
 * Tokio (the middle of them, with the least and the greatest as its bounds).
 *
 * @param tasks what `taskTimes` gives
 * @param published what `publishedTokio("introspection")` gives
 * @param workers how many workers the executors had
 */
export function introspectionRatio(tasks: ColumnTable, published: ColumnTable, workers: number): Figure {
  const own = rowsOf(tasks, { tasks: "probes" });
  const executors = levelsOf<string>(own, "executor");
  const lines = [
    ...executors.map((name) => ({ name, rows: own.filter(({ executor }) => executor === name) })),
    { name: tokio, rows: publishedRatios(published) },
  ];
  const labels = lines.flatMap(({ name, rows }): DirectLabel[] => {
    const last = rows.at(-1);
    const y = positive(last?.["schedToBusy"]);
    return y === null
      ? []
      : [{ text: name, color: seriesStyle(name).color, x: last?.["blockers"] as number, y }];
  });
  const all = lines.flatMap(({ rows }) => rows);
  const [least, greatest] = logRange(all, columns);
  return {
    id: "introspection-ratio",
    title: "Scheduled over busy time",
    alt: `Scheduled time over busy time of the probes, on a logarithmic axis, against the number of blockers at ${workers} workers, for ${executors.join(", ")}, and as published for Tokio. A dotted line marks as many blockers as workers.`,
    data: lines.map(({ name, rows }) =>
      intervalSeries({
        name,
        rows,
        x: (row: Row) => row["blockers"] as number,
        y: columns,
        log: true,
        style: seriesStyle(name),
        unit: "",
      }),
    ),
    layout: {
      xaxis: axis("Blockers", null, {
        range: [-0.3, workers + 1.6],
        tickvals: levelsOf<number>(all, "blockers"),
      }),
      yaxis: logAxis("Sched:Busy", null, { range: [least, greatest + roomForLabel] }),
      shapes: [saturationLine(workers, plain)],
      annotations: [saturationLabel(workers, plain), ...directLabels(labels, { log: true, gap: 0.25 })],
    },
  };
}

function publishedRatios(published: ColumnTable): Row[] {
  const rows = rowsOf(published, { metric: "sched_busy_ratio" });
  return levelsOf<number>(rows, "blockers").map((blockers) => {
    const values = rows
      .filter((row) => row["blockers"] === blockers)
      .map((row) => row["value"] as number)
      .sort((a, b) => a - b);
    return {
      blockers,
      schedToBusy: values[Math.floor(values.length / 2)] ?? null,
      schedToBusyLow: values.at(0) ?? null,
      schedToBusyHigh: values.at(-1) ?? null,
    };
  });
}

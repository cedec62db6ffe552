import type { Data } from "plotly.js";
import type { Figure } from "../../drawing/figure.ts";
import { floorKey, floorLines } from "../../drawing/floor-mark.ts";
import { logRange } from "../../drawing/log-range.ts";
import { keysOnTop, markerKeys } from "../../drawing/marker-keys.ts";
import { palette } from "../../drawing/palette.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { positive } from "../../drawing/positive.ts";
import { axis, logAxis } from "../../drawing/theme.ts";
import { type Bound, whiskers } from "../../drawing/whiskers.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { RemedyEffect } from "./analysis.ts";

/** One of the marks on every line: which columns, and how it is told from the other. */
interface RemedyMark {
  readonly label: string;
  readonly columns: Readonly<Record<Bound, keyof RemedyEffect>>;
  readonly open: boolean;
}

const titles: Partial<Record<RemedyEffect["job"], string>> = {
  sleep: "sleep",
  read: "late read",
  compute: "computation",
  "foreign-call": "foreign call",
};
const noFloor = { floorMs: null, quantile: "" };

/**
 * Draws a quantity by remedy, one panel a kind of blocking work and one line a remedy: what is done about it on the left,
 * what comes of it to the right, *as is* in a colour of its own; where given, the noise floor as a line.
 */
export function remedyPanels(
  rows: readonly RemedyEffect[],
  marks: readonly RemedyMark[],
  x: ReturnType<typeof axis>,
  { floorMs, quantile }: { readonly floorMs: number | null; readonly quantile: string } = noFloor,
): Pick<Figure, "data" | "layout"> {
  const jobs = levelsOf(rows, "job");
  const remedies = levelsOf(rows, "remedy");
  const line = (row: RemedyEffect) => -remedies.indexOf(row.remedy);
  const { layout, axes } = panels(
    jobs.map((job) => ({ text: titles[job] ?? job, color: palette.slate })),
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
      const own = rows.filter((row) => row.job === job);
      const panel = axes[i] as PanelAxes;
      const colors = own.map(({ remedy }) => (remedy === "as-is" ? palette.vermilion : palette.blue));
      const value = (row: RemedyEffect, bound: Bound) => positive(row[mark.columns[bound]]);
      return {
        type: "scatter",
        mode: "markers",
        name: mark.label,
        x: own.map((row) => value(row, "")),
        y: own.map(line),
        marker: {
          size: 9,
          color: mark.open ? own.map(() => palette.paper) : colors,
          line: { color: colors, width: 1.75 },
        },
        error_x: whiskers(own, value, palette.slate),
        hovertemplate: `${mark.label}: %{x:.3~r}<extra></extra>`,
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

const mark: RemedyMark = {
  label: "jobs a second",
  columns: { "": "jobsPerSecond", Low: "jobsPerSecondLow", High: "jobsPerSecondHigh" },
  open: false,
};

/**
 * Draws how much of the blocking work is done in a second under each remedy.
 *
 * @param effects what `remedyEffects` gives
 */
export function remediesThroughput(effects: readonly RemedyEffect[]): Figure {
  const rows = rowsOf(effects, { callers: "patient" });
  const most = Math.max(
    1,
    ...rows.flatMap((row) => [positive(row.jobsPerSecond) ?? 0, positive(row.jobsPerSecondHigh) ?? 0]),
  );
  return {
    id: "remedies-throughput",
    title: "What the work itself gets",
    alt: "Jobs completed in a second by remedy, one panel for each kind of blocking work, with 95 % intervals over runs.",
    ...remedyPanels(rows, [mark], axis("Jobs a second", null, { range: [0, 1.05 * most] })),
  };
}

const marks: readonly RemedyMark[] = [
  {
    label: "probes on the workers",
    columns: { "": "probeP95Ms", Low: "probeP95LowMs", High: "probeP95HighMs" },
    open: false,
  },
  {
    label: "fs.stat on libuv's pool",
    columns: { "": "statP95Ms", Low: "statP95LowMs", High: "statP95HighMs" },
    open: true,
  },
];

/**
 * Draws who waits under each remedy: probes on the shared workers, and `fs.stat` on libuv's threads.
 *
 * @param effects what `remedyEffects` gives
 * @param floorMs p95 of bare timers; null where the controls were not measured
 */
export function remediesVictims(effects: readonly RemedyEffect[], floorMs: number | null): Figure {
  const rows = rowsOf(effects, { callers: "patient" });
  const columns = marks.flatMap((each) => Object.values(each.columns));
  return {
    id: "remedies-victims",
    title: "Who waits under each remedy",
    alt: "95th percentile of the delay in milliseconds, on a logarithmic axis, by remedy, one panel for each kind of blocking work: of probes on the shared workers (filled) and of fs.stat on libuv's threads (open), with 95 % intervals over runs.",
    ...remedyPanels(rows, marks, logAxis("p95", "ms", { range: logRange(rows, columns, floorMs) }), {
      floorMs,
      quantile: "p95",
    }),
  };
}

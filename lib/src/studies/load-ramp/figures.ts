import type { Data } from "plotly.js";
import { type FailureRow, failurePanels } from "../../drawing/failure-panels.ts";
import type { Figure } from "../../drawing/figure.ts";
import { intervalSeries } from "../../drawing/interval-series.ts";
import { type PanelAxes, panels } from "../../drawing/panels.ts";
import { type PublishedRow, tokioDeadlines } from "../../drawing/published-rows.ts";
import { axis, logAxis, seriesStyle } from "../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { RampFailures } from "./analysis.ts";

/**
 * Draws what blocking adds to the failure rate against tasks, one panel an executor: the rate with all workers but one
 * blocked less the rate without blockers, in percentage points. Below zero, blockers help.
 *
 * @param added what `rampFailures` gives
 */
export function loadRampAdded(added: readonly RampFailures[]): Figure {
  const executors = levelsOf(added, "executor");
  const most = Math.max(100, ...added.map(({ tasks }) => tasks));
  const { layout, axes } = panels(
    executors.map((text) => ({ text, color: seriesStyle(text).color })),
    {
      columns: Math.min(executors.length, 3),
      x: logAxis("Tasks", null, { range: [1.5, Math.log10(most) + 0.2] }),
      y: axis("Added failures", "points", { range: [-104, 104], dtick: 50, zeroline: true }),
    },
  );
  return {
    id: "load-ramp-added",
    title: "What blocking adds to the failures",
    alt: `Failure rate with all workers but one blocked less the failure rate without blockers, in percentage points, against the number of tasks on a logarithmic axis, one panel for each of ${executors.join(", ")}, with 95 % intervals.`,
    data: executors.map(
      (executor, i): Data =>
        intervalSeries({
          name: executor,
          rows: rowsOf(added, { executor }),
          x: ({ tasks }) => tasks,
          y: ["addedShare", "addedLowShare", "addedHighShare"],
          scale: 100,
          style: seriesStyle(executor),
          axes: axes[i] as PanelAxes,
          unit: "points",
        }),
    ),
    layout: { ...layout, height: 340 },
  };
}

const tokio = "tokio (published)";

const lines = [
  { name: "blocked", label: "one worker left", open: false, dash: "solid" },
  { name: "control", label: "no blockers", open: true, dash: "dot" },
  { name: tokio, label: "Tokio, one worker left (published)", open: true, dash: "dash", series: tokio },
] as const;

/**
 * Draws the failure rate against tasks, one panel an executor: with all workers but one blocked and with none, beside
 * Tokio's published rates, which have no control. What lies between the two lines of a panel is what blocking adds.
 *
 * @param added what `rampFailures` gives
 * @param published what `publishedTokio("load-ramp")` gives
 */
export function loadRampFailures(added: readonly RampFailures[], published: readonly PublishedRow[]): Figure {
  const executors = levelsOf(added, "executor");
  const theirs = tokioDeadlines(published);
  const most = Math.max(100, ...[...added, ...theirs].map(({ tasks }) => tasks));
  return {
    id: "load-ramp-failures",
    title: "Failures against load, with and without blockers",
    alt: `Share of failed requests in percent against the number of tasks, on a logarithmic axis, one panel for each of ${executors.join(", ")}: with all workers but one blocked, without blockers, and as published for Tokio, with 95 % intervals over runs.`,
    ...failurePanels(
      executors,
      lines,
      (executor, { name }): readonly (FailureRow & { tasks: number })[] =>
        name === tokio
          ? theirs
          : rowsOf(added, { executor }).map((row) => ({ tasks: row.tasks, ...rates[name](row) })),
      {
        x: ({ tasks }) => tasks,
        axis: logAxis("Tasks", null, { range: [1.5, Math.log10(most) + 0.2] }),
      },
    ),
  };
}

const rates = {
  blocked: (row: RampFailures) => ({
    failureShare: row.blockedShare,
    failureLowShare: row.blockedLowShare,
    failureHighShare: row.blockedHighShare,
  }),
  control: (row: RampFailures) => ({
    failureShare: row.controlShare,
    failureLowShare: row.controlLowShare,
    failureHighShare: row.controlHighShare,
  }),
} as const;

import type { ColumnTable } from "arquero";
import { failurePanels } from "../failure-panels.ts";
import type { Figure } from "../figure.ts";
import { tokioDeadlines } from "../published-rows.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";
import { logAxis } from "../theme.ts";

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
export function loadRampFailures(added: ColumnTable, published: ColumnTable): Figure {
  const executors = levelsOf<string>(rowsOf(added), "executor");
  const most = Math.max(100, ...[...rowsOf(added), ...tokioDeadlines(published)].map(tasks));
  return {
    id: "load-ramp-failures",
    title: "Failures against load, with and without blockers",
    alt: `Share of failed requests in percent against the number of tasks, on a logarithmic axis, one panel for each of ${executors.join(", ")}: with all workers but one blocked, without blockers, and as published for Tokio, with 95 % intervals over runs.`,
    ...failurePanels(
      executors,
      lines,
      (executor, { name }) =>
        name === tokio
          ? tokioDeadlines(published)
          : rowsOf(added, { executor }).map((row) => shareOf(row, name)),
      {
        column: "tasks",
        axis: logAxis("Tasks", null, { range: [1.5, Math.log10(most) + 0.2] }),
      },
    ),
  };
}

function tasks(row: Row): number {
  return row["tasks"] as number;
}

function shareOf(row: Row, name: string): Row {
  return {
    tasks: tasks(row),
    failureShare: row[`${name}Share`] ?? null,
    failureLowShare: row[`${name}LowShare`] ?? null,
    failureHighShare: row[`${name}HighShare`] ?? null,
  };
}

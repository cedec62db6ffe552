import { type FailureRow, failurePanels } from "../../drawing/failure-panels.ts";
import type { Figure } from "../../drawing/figure.ts";
import { type PublishedRow, tokioDeadlines } from "../../drawing/published-rows.ts";
import { axis } from "../../drawing/theme.ts";
import { levelsOf, rowsOf } from "../../summary/rows.ts";
import type { FixedWorkloadFailures } from "./analysis.ts";

const tokio = "tokio (published)";

const lines = [
  { blocking: "sustained", label: "blockers without end", open: false, dash: "solid" },
  { blocking: "original", label: "the published ten blocks", open: true, dash: "dot" },
  { blocking: tokio, label: "Tokio (published)", open: true, dash: "dash", series: tokio },
] as const;

/**
 * Draws the failure rate of a fixed load against blockers, one panel an executor: beside blockers that never stop, beside
 * the published ones, and as published for Tokio.
 *
 * @param failures what `deadlineFailures` gives for fixed-workload
 * @param published what `publishedTokio("fixed-workload")` gives
 * @param workers the worker count to draw
 */
export function fixedWorkloadFailures(
  failures: readonly FixedWorkloadFailures[],
  published: readonly PublishedRow[],
  workers: number,
): Figure {
  const drawn = rowsOf(failures, { workers });
  const executors = levelsOf(drawn, "executor");
  const most = Math.max(workers, ...drawn.map(({ blockers }) => blockers));
  return {
    id: "fixed-workload-failures",
    title: "Failures of a fixed load against blockers",
    alt: `Share of failed requests in percent against the number of blockers at ${workers} workers, for a fixed load, one panel for each of ${executors.join(", ")}: blockers that never stop, the published ones, and the two values published for Tokio. A dotted vertical line marks where blockers equal workers.`,
    ...failurePanels(
      executors,
      lines,
      (executor, { blocking }): readonly (FailureRow & { blockers: number })[] => {
        if (blocking === tokio) return tokioDeadlines(published);
        const rows = rowsOf(drawn, { executor, blocking });
        // The published blockers ran beside the published load too; each executor's own load is the one compared.
        const least = Math.min(...rows.map(({ tasks }) => tasks));
        return rowsOf(rows, { tasks: least });
      },
      {
        x: ({ blockers }) => blockers,
        axis: axis("Blockers", null, { range: [-0.4, most + 0.4], dtick: 1, tick0: 0 }),
        mark: workers,
      },
    ),
  };
}

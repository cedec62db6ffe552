import type { ColumnTable } from "arquero";
import { failurePanels } from "../failure-panels.ts";
import type { Figure } from "../figure.ts";
import { levelsOf, rowsOf } from "../rows.ts";

const loads = [
  { load: "open-loop", label: "open loop", open: false, dash: "solid" },
  { load: "closed-loop", label: "closed loop", open: true, dash: "dot" },
] as const;

/**
 * Draws the failure rate of clients that wait for their last request beside that of clients that do not, one panel an
 * executor that was measured both ways.
 *
 * @param failures what `failureRates` gives
 * @param workers the worker count to draw
 */
export function requestTimeoutsOpenLoop(failures: ColumnTable, workers: number): Figure {
  const both = levelsOf<string>(rowsOf(failures, { workers, load: "open-loop" }), "executor");
  const executors =
    both.length > 0 ? both : levelsOf<string>(rowsOf(failures, { workers, load: "closed-loop" }), "executor");
  return {
    id: "request-timeouts-open-loop",
    title: "Closed loop and open loop",
    alt: `Share of failed requests in percent against the number of clients at ${workers} workers, for ${executors.join(" and ")}: clients that wait for their last request (closed loop) and clients that send at intended times (open loop), with 95 % intervals over runs.`,
    ...failurePanels(executors, loads, (executor, { load }) => rowsOf(failures, { workers, executor, load })),
  };
}

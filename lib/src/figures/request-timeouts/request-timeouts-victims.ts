import type { ColumnTable } from "arquero";
import { failurePanels } from "../failure-panels.ts";
import type { Figure } from "../figure.ts";
import { levelsOf, rowsOf } from "../rows.ts";

const kinds = [
  { who: "bystanders", label: "never blocked (bystanders)", open: false, dash: "solid" },
  { who: "culprits", label: "blocked a worker (culprits)", open: true, dash: "dot" },
] as const;

/**
 * Draws the failure rate of requests that blocked a worker beside that of requests that did not, one panel an executor:
 * where the lines fall together, a failure does not point to its cause.
 *
 * @param victims what `failureVictims` gives
 */
export function requestTimeoutsVictims(victims: ColumnTable): Figure {
  const executors = levelsOf<string>(rowsOf(victims), "executor");
  return {
    id: "request-timeouts-victims",
    title: "Who fails",
    alt: `Share of failed requests in percent against the number of clients, closed loop, one panel for each of ${executors.join(", ")}: requests that blocked a worker themselves and requests that never did, with 95 % intervals over runs.`,
    ...failurePanels(executors, kinds, (executor, { who }) => rowsOf(victims, { executor, who })),
  };
}

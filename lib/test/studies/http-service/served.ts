import type { Dataset } from "../../../src/tables/load.ts";
import { anyExperiment, datasetOf, type SampleRow } from "../../summary/dataset-of.ts";

const levels = { treatment: "as-is", workers: 4, load: "closed-loop", connections: 8, retries: 0 };

/** One answered request of run 1 at 0 ms that took 10 ms, and what differs. */
export function served(row: SampleRow): SampleRow {
  return {
    ...levels,
    run: 1,
    request: 0,
    attempt: 0,
    blocking: false,
    beganUs: 0,
    lateUs: null,
    latencyUs: 10_000,
    outcome: "completed",
    waitUs: 0,
    heldUs: 100,
    falseTimeout: false,
    ...row,
  };
}

/** A dataset whose manifest declares the given factors. */
export function servedDataset(
  rows: readonly SampleRow[],
  factors: readonly string[] = Object.keys(levels),
): Dataset {
  const declared = Object.fromEntries(factors.map((name) => [name, []]));
  return datasetOf(anyExperiment, rows, {
    parameters: { blocks: 1, factors: declared, parts: [], restriction: {} },
  });
}

import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { type Estimate, factorOf } from "../estimate.ts";
import { duringArrivals } from "./during-arrivals.ts";

/** Estimates by which factor the database's own query is slower when as many blockers share the operations' pool. */
export function querySlowdown(dataset: Dataset, blockers: number): Estimate {
  const arriving = duringArrivals(dataset);
  const queries = (placement: string) => {
    const where = { mechanism: "connection-pool", kind: "check", placement, blockers };
    return cells(arriving, { value: "latencyNs", by: [], where })[0]?.byRun ?? [];
  };
  return factorOf(queries("shared"), queries("isolated"), 0.5);
}

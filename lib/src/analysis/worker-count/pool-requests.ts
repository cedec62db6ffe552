import type { Dataset } from "../../tables/load.ts";
import { type Cell, type CellQuery, cells } from "../cells.ts";

/** Latencies (ns) of the requests on run-queue, by workers × clients, where they have the given levels. */
export function poolRequests(dataset: Dataset, where: NonNullable<CellQuery["where"]> = {}): Cell[] {
  return cells(dataset, {
    value: "latencyNs",
    by: ["workers", "load"],
    where: { executor: "run-queue", sweep: "requests", ...where },
  });
}

import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import type { Runs } from "../estimate.ts";

/** One corner of the blocker sweep on libuv's pool. */
export interface LibuvCorner {
  readonly threads: number;
  readonly blocking: "foreign-call" | "slow-lookup";
  readonly blockers: number;
  readonly operation: "fs.stat" | "dns.lookup" | "crypto.randomBytes";
}

/** Gives the waits (ns) of one operation at one corner, by run; none where it was not measured. */
export function operationWaits(dataset: Dataset, corner: LibuvCorner): Runs {
  return cells(dataset, { value: "waitNs", by: [], where: { ...corner } })[0]?.byRun ?? [];
}

import { publishedSweep } from "../../../model/blocker-sweep.ts";
import { type CellQuery, cells } from "../../../summary/cells.ts";
import { type Estimate, type Runs, scaled } from "../../../summary/estimate.ts";
import { mainWorkers } from "../../../summary/main-workers.ts";
import type { Dataset } from "../../../tables/load.ts";

type Levels = NonNullable<CellQuery["where"]>;

/** What sets the base grid of scheduling-delay apart from its variations. */
const base: Levels = {
  part: "base",
  source: "probe",
  probes: publishedSweep.probes,
  load: "closed-loop",
  blocking: "original",
  phase: "spread",
};

/** Takes the probes' overheads (ns), run by run, from the base grid at the main worker count or what the levels change. */
export function probeOverheads(data: Dataset, levels: Levels, value = "overheadNs"): Runs {
  const where = { ...base, workers: mainWorkers(data), ...levels };
  return cells(data, { value, by: [], where })[0]?.byRun ?? [];
}

/** Expresses a delay (ns) in units of the time that a blocker holds its worker. */
export function inBlocks(delay: Estimate, blockMs: number = publishedSweep.blockMs): Estimate {
  return scaled(delay, 1e-6 / blockMs);
}

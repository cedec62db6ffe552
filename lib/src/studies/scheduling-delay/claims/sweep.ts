import type { ExecutorName } from "../../../executor/executors.ts";
import type { Claim } from "../../../ledger/claim.ts";
import { publishedSweep } from "../../../model/blocker-sweep.ts";
import { seededRandom } from "../../../stats/random.ts";
import { type SaturationPoint, saturationPoint } from "../../../stats/saturation-point.ts";
import { cells, type Where } from "../../../summary/cells.ts";
import { confidenceLevel } from "../../../summary/confidence-level.ts";
import { type Estimate, factorOf, quantileOf, type Runs, scaled } from "../../../summary/estimate.ts";
import { mainWorkers } from "../../../summary/main-workers.ts";
import type { SchedulingDelayData } from "../analysis.ts";

/** What the claims about the blocker sweep share, with the cell of notebook 01 that shows the evidence. */
export function fromSweep(cell: string): Pick<Claim, "experiment" | "evidence"> {
  return {
    experiment: "scheduling-delay",
    evidence: { notebook: "01-scheduling-delay", cell: `scheduling-delay-${cell}` },
  };
}

/** A number of blockers, in words of the workers W: none, 1, W − 1, W, W + 2. */
export type Mark = "none" | "one" | "below" | "at" | "beyond";

/** Counts the blockers of a mark at the main worker count. */
export function blockersAt(data: SchedulingDelayData, mark: Mark): number {
  const workers = mainWorkers(data);
  return { none: 0, one: 1, below: workers - 1, at: workers, beyond: workers + 2 }[mark];
}

/** Finds the change point of p99 over the blockers of the base grid; null where the data carry none. */
export function delayCliff(
  data: SchedulingDelayData,
  executor: ExecutorName,
  workers: number,
): SaturationPoint | null {
  const where = { part: "base", source: "probe", executor, workers };
  const levels = cells(data, { value: "overheadNs", by: ["blockers"], where }).map((cell) => ({
    at: cell.levels.blockers,
    runs: cell.byRun,
  }));
  return levels.length < 3
    ? null
    : saturationPoint(levels, { random: seededRandom(1), level: confidenceLevel() });
}

/** Estimates a quantile of the overhead in units of a block. */
export function overheadInBlocks(
  data: SchedulingDelayData,
  executor: ExecutorName,
  mark: Mark,
  p: number,
): Estimate {
  const runs = probeOverheads(data, { executor, blockers: blockersAt(data, mark) });
  return inBlocks(quantileOf(runs, p));
}

/** Estimates by which factor a quantile of the overhead is larger at one mark than at another. */
export function overheadFactor(
  data: SchedulingDelayData,
  executor: ExecutorName,
  [above, below]: readonly [Mark, Mark],
  p: number,
): Estimate {
  const at = (mark: Mark) => probeOverheads(data, { executor, blockers: blockersAt(data, mark) });
  return factorOf(at(above), at(below), p);
}

/** What sets the base grid apart from its variations. */
const base = {
  part: "base",
  source: "probe",
  probes: publishedSweep.probes,
  load: "closed-loop",
  blocking: "original",
  phase: "spread",
} as const;

/** Takes the probes' overheads (ns), run by run, from the base grid at the main worker count or what the levels change. */
export function probeOverheads(
  data: SchedulingDelayData,
  levels: Where<SchedulingDelayData["declaration"]>,
  value: "overheadNs" | "dispatchNs" = "overheadNs",
): Runs {
  const where = { ...base, workers: mainWorkers(data), ...levels };
  return cells(data, { value, by: [], where })[0]?.byRun ?? [];
}

/** Expresses a delay (ns) in units of the time that a blocker holds its worker. */
export function inBlocks(delay: Estimate, blockMs: number = publishedSweep.blockMs): Estimate {
  return scaled(delay, 1e-6 / blockMs);
}

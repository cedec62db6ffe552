import type { Claim } from "../../../ledger/claim.ts";
import { type Estimate, factorOf, quantileOf } from "../../../summary/estimate.ts";
import { mainWorkers } from "../../../summary/main-workers.ts";
import type { Dataset } from "../../../tables/load.ts";
import { inBlocks, probeOverheads } from "./probe-overheads.ts";

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
export function blockersAt(data: Dataset, mark: Mark): number {
  const workers = mainWorkers(data);
  return { none: 0, one: 1, below: workers - 1, at: workers, beyond: workers + 2 }[mark];
}

/** Estimates a quantile of the overhead in units of a block. */
export function overheadInBlocks(data: Dataset, executor: string, mark: Mark, p: number): Estimate {
  const runs = probeOverheads(data, { executor, blockers: blockersAt(data, mark) });
  return inBlocks(quantileOf(runs, p));
}

/** Estimates by which factor a quantile of the overhead is larger at one mark than at another. */
export function overheadFactor(
  data: Dataset,
  executor: string,
  marks: readonly [Mark, Mark],
  p: number,
): Estimate {
  const [above, below] = marks.map((mark) =>
    probeOverheads(data, { executor, blockers: blockersAt(data, mark) }),
  );
  return factorOf(above ?? [], below ?? [], p);
}

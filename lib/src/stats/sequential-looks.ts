import { pocock } from "./alpha-spending.ts";
import { type Look, sequentialBounds } from "./sequential-bounds.ts";

/** Numbers of runs of a scenario after which claims are judged; fixed beforehand. */
const runsAtLooks = [4, 7, 10, 14, 20];

/** Both errors of all looks at one claim together: it is called to hold, or to fail, while its truth lies at the margin. */
const errorRate = 0.05;

/** One look of a sequential campaign. */
export interface SequentialLook extends Look {
  /** Runs of each scenario that the claim reads. */
  readonly runs: number;
}

/** The most runs of a scenario in a sequential campaign. */
export const mostSequentialRuns = Math.max(...runsAtLooks);

let looks: readonly SequentialLook[] | undefined;

/**
 * The looks at a claim in a sequential campaign, at equal steps of the error rate for equal steps of information (Pocock): a
 * quick look is worth it where effects are large, and these come first. Coverage of intervals from three to five runs is
 * simulated on designs like the data (lib/bench/coverage/).
 */
export function sequentialLooks(): readonly SequentialLook[] {
  looks ??= sequentialBounds(
    runsAtLooks.map((count) => count / mostSequentialRuns),
    pocock,
    errorRate,
  ).map((look, i) => ({ ...look, runs: runsAtLooks[i] as number }));
  return looks;
}

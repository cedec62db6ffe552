import type { Experiment } from "../design/experiment.ts";
import type { Claim } from "../ledger/claim.ts";
import { sequentialLooks } from "../stats/sequential-looks.ts";
import { cellsRead } from "./cells-read.ts";

/** What it takes to test one claim alone. */
export interface Reproduction {
  readonly command: string;
  /** Expected time up to the first look, and up to the last (ms). */
  readonly firstMs: number;
  readonly mostMs: number;
  /** What decides. */
  readonly rule: string;
}

/** Tells by which command, in what time and by which rule one claim is decided alone. */
export function reproductionOf(experiment: Experiment, claim: Claim): Reproduction {
  const cells = cellsRead(experiment, [claim]).get(claim.id) ?? [];
  const runMs = cells.reduce((sum, { expectedMs }) => sum + expectedMs, 0);
  const runs = sequentialLooks().map((look) => look.runs);
  return {
    command: `scheduling-safety reproduce --claim ${claim.id}`,
    firstMs: runMs * Math.min(...runs),
    mostMs: runMs * Math.max(...runs),
    rule: decidingRule(),
  };
}

/** Spells the rule by which a sequential campaign decides. */
export function decidingRule(): string {
  const looks = sequentialLooks();
  const levels = looks.map(({ level }) => level);
  const percent = (level: number) => `${(100 * level).toFixed(1)} %`;
  const runs = looks.map((look) => look.runs).join(", ");
  const intervals = `${percent(Math.min(...levels))} to ${percent(Math.max(...levels))}`;
  return `the whole interval lies on one side of the margin; looked at after ${runs} runs of each scenario, by intervals of ${intervals}`;
}

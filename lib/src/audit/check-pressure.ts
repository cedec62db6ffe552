import type { Manifest } from "../tables/manifest.ts";
import type { DeclaredDesign } from "./find-design.ts";
import type { RunOfTable } from "./run-of-table.ts";

/**
 * Checks that runs tell of pressure where their host does, and of none where they fill its cores by design: an unknown condition
 * breaks no rule.
 */
export function checkPressure(
  { conditions: { before, after } }: Pick<Manifest, "conditions">,
  rows: readonly RunOfTable[],
  { experiment, plan: { jobs } }: DeclaredDesign,
): string[] {
  const isTold = before.pressure !== null && after.pressure !== null;
  for (const { run, pressureShare, invalidReason } of rows) {
    const job = jobs[Number(run)];
    if (job === undefined || /^(crash|time limit):/.test(String(invalidReason))) continue;
    const fills = experiment.fillsCores?.(job.scenario) === true;
    if (fills && pressureShare !== null)
      return [`run ${run} has pressureShare ${pressureShare}, though it fills all cores by design`];
    if (!fills && isTold && pressureShare === null)
      return [`run ${run} has no pressureShare, though its host tells of pressure`];
  }
  return [];
}

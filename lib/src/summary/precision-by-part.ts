import { type ColumnTable, from } from "arquero";
import { precisionReached, precisionRules } from "../stats/precision.ts";
import type { Dataset } from "../tables/load.ts";
import type { PrimaryResponse } from "../tables/primary-response.ts";
import { cellOutcomes } from "./cell-outcomes.ts";

/**
 * Tells, by part of the design, how precisely the primary response is known and what ending replicates early saved: how
 * many scenarios are as precise as the rule asks, the precision of the middle and of the worst one (a relative error of
 * p99, or of a failure rate in points of 100 %; null where runs carry no interval), the runs made of those the fixed design
 * has, and the time those not made would have taken.
 */
export function precisionByPart(
  data: Dataset,
  { primary }: { readonly primary: PrimaryResponse },
): ColumnTable {
  const { parts } = data.manifest.parameters;
  const cells = cellOutcomes(data, primary);
  const rows = parts.map(({ name, replicates }) => {
    const own = cells.filter(({ part }) => part === name);
    const precision = own.map(({ runs }) =>
      precisionReached(runs.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]))),
    );
    const ascending = [...precision].sort((a, b) => a - b);
    const made = own.reduce((sum, { runs }) => sum + runs.length, 0);
    const savedMs = own.reduce((sum, { runs }) => {
      const wallMs = runs.reduce((total, run) => total + run.wallMs, 0);
      return sum + ((replicates - runs.length) * wallMs) / runs.length;
    }, 0);
    return {
      part: name,
      primary: primary.rule,
      scenarios: own.length,
      precise: precision.filter((value) => value <= precisionRules[primary.rule].within).length,
      medianShare: finite(ascending[Math.floor(ascending.length / 2)]),
      worstShare: finite(ascending.at(-1)),
      runs: made,
      fixedRuns: own.length * replicates,
      savedS: savedMs / 1000,
    };
  });
  return from(rows);
}

function finite(value = Number.POSITIVE_INFINITY): number | null {
  return Number.isFinite(value) ? value : null;
}

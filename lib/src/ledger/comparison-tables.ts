import { estimateText } from "./claims-table.ts";
import type { DataSetComparison } from "./compare-data-sets.ts";

type Texts = Record<string, string[]>;

/** Lays out the facts of two hosts side by side. */
export function hostsTable({ facts }: DataSetComparison): Texts {
  return {
    fact: facts.map(({ fact }) => fact),
    reference: facts.map(({ a }) => a),
    "this host": facts.map(({ b }) => b),
  };
}

/** Lays out why two data sets are comparable or not, one condition a row. */
export function comparabilityTable({ comparable }: DataSetComparison): Texts {
  const { conditions } = comparable;
  return {
    condition: conditions.map(({ about }) => about),
    met: conditions.map(({ met }) => (met ? "yes" : "no")),
    "needed to compare": conditions.map(({ neededFor }) => neededFor),
    finding: conditions.map(({ finding }) => finding),
  };
}

/** Lays out the verdicts of two hosts side by side, one claim a row. */
export function besideTable({ verdicts }: DataSetComparison): Texts {
  return {
    claim: verdicts.map(({ claim }) => claim.statement),
    reference: verdicts.map(({ a }) => `${a.verdict}: ${estimateText(a)}`),
    "this host": verdicts.map(({ b }) => `${b.verdict}: ${estimateText(b)}`),
    change: verdicts.map(({ change }) => change),
  };
}

import { estimateBeside } from "./claims-table.ts";
import type { DataSetComparison } from "./compare-data-sets.ts";

/** Lays out the facts of two hosts side by side. */
export function hostsTable({ facts }: DataSetComparison) {
  return facts.map(({ fact, a, b }) => ({ fact, reference: a, "this host": b }));
}

/** Lays out why two data sets are comparable or not, one condition a row. */
export function comparabilityTable({ comparable }: DataSetComparison) {
  return comparable.conditions.map(({ about, met, neededFor, finding }) => ({
    condition: about,
    met: met ? "yes" : "no",
    "needed to compare": neededFor,
    finding,
  }));
}

/** Lays out the verdicts of two hosts side by side, one claim a row. */
export function besideTable({ verdicts }: DataSetComparison) {
  return verdicts.map(({ claim, a, b, change, reservations }) => ({
    claim: claim.statement,
    reference: `${a.verdict}: ${estimateBeside(a, b)}`,
    "this host": `${b.verdict}: ${estimateBeside(b, a)}`,
    change: reservations.length === 0 ? change : `${change}, with reserve: ${reservations.join(", ")}`,
  }));
}

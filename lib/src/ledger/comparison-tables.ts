import type { Handed } from "../summary/handed.ts";
import { estimateBeside } from "./claims-table.ts";
import type { ComparedVerdict, DataSetComparison } from "./compare-data-sets.ts";
import type { Judgement } from "./judge.ts";

/** Lays out the facts of two hosts side by side. */
export function hostsTable({ facts }: DataSetComparison) {
  return facts.map(({ fact, a, b }) => ({ fact, reference: a, "beside it": b }));
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
  return verdicts.map(besideRow);
}

/** Lays out the claims that hold on one of two hosts and fail on the other, and says where there is none. */
export function contradictionsTable({ verdicts }: DataSetComparison) {
  const rows = verdicts.filter(({ change }) => change === "contradicts").map(besideRow);
  return rows.length > 0 ? rows : [{ claim: "none", reference: "–", "beside it": "–", change: "–" }];
}

/** Names what the article cites of a comparison: of claims on experiments that both measured, so that what is simulated does not count. */
export function comparisonValues({ verdicts, comparable }: DataSetComparison): Handed {
  const shared = verdicts.filter(({ claim }) => Object.hasOwn(comparable.reservations, claim.experiment));
  const count = (test: (verdict: ComparedVerdict) => boolean) => shared.filter(test).length;
  return {
    besideClaims: shared.length,
    besideAgree: count(({ change }) => change === "agrees"),
    besideContradict: count(({ change }) => change === "contradicts"),
    besideOpen: count(({ a, b }) => isOpen(a) && isOpen(b)),
    besideOpenHere: count(({ a, b }) => isOpen(a) && !isOpen(b)),
    besideOpenThere: count(({ a, b }) => !isOpen(a) && isOpen(b)),
  };
}

function isOpen({ verdict }: Judgement): boolean {
  return verdict === "not testable here";
}

function besideRow({ claim, a, b, change, reservations }: ComparedVerdict) {
  return {
    claim: claim.statement,
    reference: `${a.verdict}: ${estimateBeside(a, b)}`,
    "beside it": `${b.verdict}: ${estimateBeside(b, a)}`,
    change: reservations.length === 0 ? change : `${change}, with reserve: ${reservations.join(", ")}`,
  };
}

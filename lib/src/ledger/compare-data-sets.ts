import type { Claim } from "./claim.ts";
import { type Comparability, comparability } from "./comparability.ts";
import { evaluateLedger, type JudgedStudy, type LedgerRow } from "./evaluate-ledger.ts";
import { hostFactsOf, profileHost } from "./host-profile.ts";

/** One fact of two hosts. */
export interface ComparedFact {
  readonly fact: string;
  readonly a: string;
  readonly b: string;
}

/** One claim on two hosts. */
export interface ComparedVerdict {
  readonly claim: Claim;
  readonly a: LedgerRow;
  readonly b: LedgerRow;
  /** `contradicts`: holds on one and fails on the other; `open`: one of them, or both, cannot tell. */
  readonly change: "agrees" | "contradicts" | "open";
  /** What keeps the claim's experiment from being compared without reserve; empty where there is nothing. */
  readonly reservations: readonly string[];
}

export interface DataSetComparison {
  readonly facts: readonly ComparedFact[];
  readonly comparable: Comparability;
  readonly verdicts: readonly ComparedVerdict[];
  /** Every claim as each data set judges it. */
  readonly ledgers: readonly [readonly LedgerRow[], readonly LedgerRow[]];
}

/**
 * Compares what two data sets say: facts of the hosts, why they are comparable or not, and the verdict of every claim.
 *
 * @throws {DataError} if one of them holds no finished experiment, or a table is damaged.
 */
export function compareDataSets(
  folders: readonly [string, string],
  studies: readonly JudgedStudy[],
): DataSetComparison {
  const declarations = studies.flatMap(({ experiment }) => (experiment ? [experiment()] : []));
  // The second first: beside the reference it is the one that may be damaged, and the smaller one to find it out.
  const b = profileHost(folders[1], declarations);
  const second = evaluateLedger(folders[1], studies);
  const a = profileHost(folders[0], declarations);
  const first = folders[0] === folders[1] ? second : evaluateLedger(folders[0], studies);
  const [factsA, factsB] = [hostFactsOf(a), hostFactsOf(b)];
  const comparable = comparability(a, b);
  return {
    facts: Object.keys(factsA).map((fact) => ({ fact, a: factsA[fact] ?? "", b: factsB[fact] ?? "" })),
    comparable,
    verdicts: first.map((row, i) => compareVerdicts(row, second[i] as LedgerRow, comparable)),
    ledgers: [first, second],
  };
}

function compareVerdicts(a: LedgerRow, b: LedgerRow, comparable: Comparability): ComparedVerdict {
  const open = [a, b].some(({ verdict }) => verdict === "not testable here");
  const change = open ? "open" : a.verdict === b.verdict ? "agrees" : "contradicts";
  return { claim: a.claim, a, b, change, reservations: comparable.reservations[a.claim.experiment] ?? [] };
}

import { threeDigits } from "../summary/three-digits.ts";
import type { LedgerRow } from "./evaluate-ledger.ts";
import type { Judgement } from "./judge.ts";

type Texts = Record<string, string[]>;

/**
 * Lays out the verdicts for readers, one claim a row: statement, who says so, expectation, verdict and estimate.
 *
 * @param notebooks the notebooks, without their numbers, whose claims to show; all of them if none is named
 */
export function claimsTable(rows: readonly LedgerRow[], ...notebooks: readonly string[]): Texts {
  const isShown = ({ evidence }: LedgerRow) =>
    notebooks.length === 0 || notebooks.includes(evidence.notebook.replace(/^\d+-/, ""));
  const column = (text: (row: LedgerRow) => string) => rows.filter(isShown).map(text);
  return {
    claim: column(({ claim }) => claim.statement),
    "said of": column(({ claim }) => (claim.source === "tokio" ? "Tokio" : "this study")),
    expected: column(({ claim }) => claim.expected.verdict),
    verdict: column(({ verdict }) => verdict),
    "estimate (95 % interval)": column(estimateText),
  };
}

/** Lays out what was fixed before the data: the margin of each claim, what it needs, what we expected and why. */
export function marginsTable(rows: readonly LedgerRow[]): Texts {
  const column = (text: (row: LedgerRow) => string) => rows.map(text);
  return {
    claim: column(({ claim }) => claim.id),
    "holds if": column(({ claim }) => claim.margin),
    needs: column(({ claim }) => claim.needs),
    expected: column(({ claim }) => `${claim.expected.verdict}, because ${claim.expected.because}`),
    finding: column(({ reason }) => reason),
  };
}

/** Lays out where each verdict comes from: claim, notebook and cell, table and hash, experiment. */
export function evidenceTable(rows: readonly LedgerRow[]): Texts {
  const column = (text: (row: LedgerRow) => string) => rows.map(text);
  return {
    claim: column(({ claim }) => claim.id),
    notebook: column(({ evidence }) => evidence.notebook),
    cell: column(({ evidence }) => evidence.cell),
    table: column(({ evidence }) => evidence.table?.path ?? "not measured"),
    "SHA-256": column(({ evidence }) => evidence.table?.sha256.slice(0, 12) ?? "–"),
    experiment: column(({ evidence }) => evidence.experiment),
  };
}

/** Spells an estimate with its interval as `0.811 (0.808 to 0.821)`; a dash without one, "or more" where it is open. */
export function estimateText({ estimate, low, high, openLow, openHigh }: Judgement): string {
  if (estimate === null) return "–";
  if (low === null || high === null) return threeDigits(estimate);
  const [from, to] = [openLow ? " or less" : "", openHigh ? " or more" : ""];
  return `${threeDigits(estimate)} (${threeDigits(low)}${from} to ${threeDigits(high)}${to})`;
}

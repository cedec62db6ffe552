import { levelText, usualLevel } from "../summary/confidence-level.ts";
import { intervalText } from "../summary/interval-text.ts";
import type { LedgerRow } from "./evaluate-ledger.ts";
import type { Judgement, Parts } from "./judge.ts";

/** Lays out the verdicts for readers, one claim a row: statement, who says so, expectation, verdict and estimate. */
export function claimsTable(rows: readonly LedgerRow[]) {
  const estimate = `estimate (${intervalsOf(rows)})`;
  return rows.map((row) => ({
    claim: row.claim.statement,
    "said of": row.claim.source === "tokio" ? "Tokio" : "this study",
    expected: row.claim.expected.verdict,
    verdict: row.verdict,
    [estimate]: row.parts ? `${estimateText(row)}, ${shownOf(row.parts)}` : estimateText(row),
  }));
}

/** Names the intervals of a table by their coverage: `95 % interval`, or of the least to the greatest. */
function intervalsOf(rows: readonly LedgerRow[]): string {
  const levels = rows.flatMap(({ level }) => (level === undefined ? [] : [level]));
  if (levels.length === 0) return `${levelText(usualLevel)} interval`;
  const [least, most] = [Math.min(...levels), Math.max(...levels)].map(levelText);
  return least === most ? `${least} interval` : `interval of ${least} to ${most}`;
}

/** Says which of several parts an estimate is of, and how many there are of each verdict. */
function shownOf({ shown, hold, fail, open }: Parts): string {
  const counts = [`${hold} hold`, `${fail} fail`, `${open} open`].filter((text) => !text.startsWith("0 "));
  return `${shown} (worst of ${hold + fail + open}: ${counts.join(", ")})`;
}

/** Lays out what was fixed before the data: the margin of each claim, what it needs, what we expected and why. */
export function marginsTable(rows: readonly LedgerRow[]) {
  return rows.map(({ claim, reason }) => ({
    claim: claim.id,
    "holds if": claim.margin,
    needs: claim.needs,
    expected: `${claim.expected.verdict}, because ${claim.expected.because}`,
    finding: reason,
  }));
}

/** Lays out where each verdict comes from: claim, notebook and cell, table and hash, experiment. */
export function evidenceTable(rows: readonly LedgerRow[]) {
  return rows.map(({ claim, evidence }) => ({
    claim: claim.id,
    notebook: evidence.notebook,
    cell: evidence.cell,
    table: evidence.table?.path ?? "not measured",
    "SHA-256": evidence.table?.sha256.slice(0, 12) ?? "–",
    experiment: evidence.experiment,
  }));
}

/** Spells an estimate as it stands beside another of the same claim: where they are of different parts, with its own. */
export function estimateBeside(one: ComparedRow, other: ComparedRow): string {
  const text = estimateText(one);
  return one.parts && one.parts.shown !== other.parts?.shown ? `${text}, ${one.parts.shown}` : text;
}

type ComparedRow = Judgement & Pick<LedgerRow, "runs">;

/** Spells an estimate with its interval; without an estimate, whether nothing was measured that the claim reads or too little. */
export function estimateText(row: ComparedRow): string {
  return intervalText(row, row.level) ?? (row.runs === 0 ? "not measured" : "too few runs");
}

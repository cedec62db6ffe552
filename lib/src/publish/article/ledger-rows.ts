import { DataError } from "../../measure/study-error.ts";
import { childrenOf, type Node } from "./ast.ts";
import { parseFragment } from "./parse-fragment.ts";
import { plainText } from "./plain-text.ts";
import type { Exhibit } from "./read-exhibits.ts";

/** One claim of the ledger, as the notebook of claims prints it. */
export interface LedgerRow {
  readonly id: string;
  readonly claim: string;
  readonly saidOf: string;
  readonly expected: string;
  readonly verdict: string;
  readonly estimate: string;
  readonly holdsIf: string;
  readonly reason: string;
  readonly finding: string;
  readonly notebook: string;
  readonly cell: string;
  readonly study: string;
}

type Row = ReadonlyMap<string, string>;

/** Tables of the notebook of claims: what was fixed beforehand and where the evidence is, one row a claim in one order. */
const verdicts = "claims-verdicts";
const margins = "claims-margins";
const evidence = "claims-evidence";
const sentences = "claims-beside";

/**
 * Joins the tables of one edition's notebook of claims to one row a claim.
 *
 * @returns none where the edition has no such notebook
 * @throws DataError if the tables do not fit together
 */
export function ledgerRows(exhibits: ReadonlyMap<string, Exhibit>): readonly LedgerRow[] {
  const [judged, fixed, sources, ordered] = [verdicts, margins, evidence, sentences].map((id) =>
    rowsOf(exhibits.get(id)),
  );
  if (judged === undefined || fixed === undefined || sources === undefined || ordered === undefined)
    return [];
  return fixed.map((row, i) => {
    const id = row.get("claim") ?? "";
    const claim = ordered[i]?.get("claim") ?? "";
    const [verdict, source] = [judged[i], sources[i]];
    if (verdict?.get("claim") !== claim || source?.get("claim") !== id) {
      throw new DataError(
        `ledger: tables of claims must list the same claims in one order; ${id} stands alone`,
      );
    }
    const [expected = "", reason = ""] = (row.get("expected") ?? "").split(/, because (.*)/s);
    return {
      id,
      claim,
      saidOf: verdict.get("said of") ?? "",
      expected,
      reason,
      verdict: verdict.get("verdict") ?? "",
      estimate: [...verdict].find(([head]) => head.startsWith("estimate"))?.[1] ?? "",
      holdsIf: row.get("holds if") ?? "",
      finding: row.get("finding") ?? "",
      notebook: source.get("notebook") ?? "",
      cell: source.get("cell") ?? "",
      study: source.get("experiment") ?? "",
    };
  });
}

function rowsOf(exhibit: Exhibit | undefined): readonly Row[] | undefined {
  if (exhibit?.html === undefined) return undefined;
  const [head, ...rows] = parseFragment(exhibit.html, `${exhibit.notebook}, ${exhibit.id}`).flatMap(
    tableRows,
  );
  const names = head === undefined ? [] : childrenOf(head).map((cell) => plainText([cell]));
  return rows.map(
    (row) => new Map(childrenOf(row).map((cell, i): [string, string] => [names[i] ?? "", plainText([cell])])),
  );
}

function tableRows(node: Node): Node[] {
  return node.type === "tableRow" ? [node] : childrenOf(node).flatMap(tableRows);
}

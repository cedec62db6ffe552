import { estimateText } from "../ledger/claims-table.ts";
import type { LedgerRow } from "../ledger/evaluate-ledger.ts";
import { verdictCounts } from "../ledger/verdict-counts.ts";
import { notebookNamed } from "../publish/edition-paths.ts";
import { readNotebook } from "../publish/notebook.ts";
import { type AuditSection, type Finding, fine, missing } from "./finding.ts";

/** Claims about the instrument itself: their failure puts everything else in doubt. */
const controls = "controls";

/**
 * Audits the ledger: every claim leads to a cell that shows its evidence, and on to a table of the data set; every
 * control holds, or cannot be told here.
 *
 * @param notebooks folder of the executed notebooks
 */
export function auditClaims(rows: readonly LedgerRow[], notebooks: string): AuditSection[] {
  const { claims, holds, fails, notTestable } = verdictCounts(rows);
  return [
    {
      title: `Claims: ${claims}, of which ${holds} hold, ${fails} fail, ${notTestable} are not testable here`,
      findings: rows
        .filter(({ evidence }) => evidence.experiment !== controls)
        .map((row) => auditClaim(row, notebooks)),
    },
    {
      title: "Controls",
      findings: rows
        .filter(({ evidence }) => evidence.experiment === controls)
        .map((row) => auditControl(row, notebooks)),
    },
  ];
}

function auditControl(row: LedgerRow, notebooks: string): Finding {
  const finding = auditClaim(row, notebooks);
  return row.verdict === "fails" && row.asExpected !== true
    ? missing(`${finding.text}: a control fails`)
    : finding;
}

function auditClaim(row: LedgerRow, notebooks: string): Finding {
  const { claim, verdict, evidence } = row;
  const { notebook, cell, table, experiment } = evidence;
  const source = table ? `${table.path} ${table.sha256.slice(0, 12)}…` : "no table";
  const text = `${claim.id}: ${verdict}, ${estimateText(row)} → ${notebook}#${cell} → ${source} → ${experiment}`;
  if (table === null) return missing(`${text}: the data set does not hold the experiment`);
  const path = notebookNamed(notebook, notebooks);
  if (path === null) return missing(`${text}: no such notebook`);
  const shown = readNotebook(path).cells.find(({ id }) => id === cell);
  if (shown === undefined) return missing(`${text}: no such cell`);
  return (shown.outputs ?? []).length > 0 ? fine(text) : missing(`${text}: the cell shows nothing`);
}

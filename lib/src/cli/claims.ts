import { estimateText } from "../ledger/claims-table.ts";
import { evaluateLedger, type LedgerRow } from "../ledger/evaluate-ledger.ts";
import { verdictCounts } from "../ledger/verdict-counts.ts";
import { UsageError } from "../measure/study-error.ts";
import { dataSetFolder, requireEvidence } from "./chosen-data-set.ts";
import { showClaimsOverHosts } from "./claims-over-hosts.ts";
import type { RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";

interface ClaimsOptions {
  readonly json?: boolean;
  readonly hosts?: string;
}

/** Adds `claims`: what a host's data say of every claim. */
export const registerClaims: RegisterCommand = (program, context) => {
  const { studies, print } = context;
  program
    .command("claims")
    .description("judge every claim of the study by a data set: holds, fails, or not testable here")
    .argument("[folder]", "folder of a data set; by default the one notebooks read")
    .option("--hosts <folder>", "judge by every data set below this folder together, one a host")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples(
        ["claims", "what the reference data say", "repository"],
        ["claims /tmp/mine --json", "what yours say, for a program"],
        ["claims --hosts /tmp/fleet", "on how many hosts each claim holds"],
      ),
    )
    .action((folder: string | undefined, { json = false, hosts }: ClaimsOptions) => {
      if (hosts !== undefined) {
        if (folder !== undefined)
          throw new UsageError("claims takes a folder or --hosts, not both; leave one out");
        return showClaimsOverHosts(hosts, json, context);
      }
      const data = dataSetFolder("folder", folder, context);
      const rows = evaluateLedger(data, studies);
      print(json ? JSON.stringify(asJson(rows), null, 2) : describeLedger(rows));
      requireEvidence([data], context);
    });
};

function asJson(rows: readonly LedgerRow[]) {
  return {
    counts: verdictCounts(rows),
    claims: rows.map(({ claim, ...judged }) => {
      const { id, statement, source, margin, needs, expected } = claim;
      return { id, statement, source, margin, needs, expected, ...judged };
    }),
  };
}

function describeLedger(rows: readonly LedgerRow[]): string {
  const { claims, holds, fails, notTestable, asExpected } = verdictCounts(rows);
  const end = `${claims} claims: ${holds} hold, ${fails} fail, ${notTestable} are not testable here; ${asExpected} of ${holds + fails} verdicts are the expected ones`;
  return [...rows.map(describeRow), end].join("\n\n");
}

function describeRow(row: LedgerRow): string {
  const { claim, verdict, reason, evidence, asExpected } = row;
  const { notebook, cell, table, experiment } = evidence;
  const surprise = asExpected === false ? `, expected: ${claim.expected.verdict}` : "";
  return [
    `${verdict.toUpperCase()}${surprise}  ${claim.id}  ${estimateText(row)}`,
    `  ${claim.statement}`,
    `  ${claim.margin}: ${reason}`,
    `  ${notebook}#${cell} → ${table ? `${table.path} (${table.sha256.slice(0, 12)}…)` : "no table"} → ${experiment}`,
  ].join("\n");
}

import {
  factorsTable,
  hostsLedgerTable,
  refusedTable,
  shareText,
  spreadTable,
} from "../ledger/hosts/hosts-tables.ts";
import { type HostsLedger, judgeHosts } from "../ledger/hosts/judge-hosts.ts";
import { NoEvidenceError } from "../measure/study-error.ts";
import { dataSetsOfHosts } from "./chosen-data-set.ts";
import type { CliContext } from "./command.ts";
import { textTable } from "./text-table.ts";

/**
 * Shows what the data sets below a folder, one a host, say of every claim together.
 *
 * @throws {UsageError} when the folder holds no data set.
 * @throws {NoEvidenceError} when none of their tables is admitted.
 */
export function showClaimsOverHosts(option: string, json: boolean, context: CliContext): void {
  const { studies, print } = context;
  const ledger = judgeHosts(dataSetsOfHosts(option, context), studies);
  print(json ? JSON.stringify(asJson(ledger), null, 2) : describe(ledger));
  if (ledger.hosts.length === 0)
    throw new NoEvidenceError(`no table of any host is admitted: ${option}; see the reasons above`);
}

function asJson({ hosts, refused, claims, factors }: HostsLedger) {
  return {
    hosts,
    refused,
    claims: claims.map(({ claim: { id, statement, margin }, ...over }) => ({
      id,
      statement,
      margin,
      ...over,
    })),
    factors,
  };
}

function describe(ledger: HostsLedger): string {
  const { hosts, claims } = ledger;
  const judged = claims.filter(({ verdicts }) => verdicts.length > 0);
  const rows = judged.map((row) => {
    const failing = row.verdicts.flatMap(({ host, verdict }) => (verdict === "fails" ? [host] : []));
    return [
      row.claim.id,
      `holds ${row.holds}`,
      `fails ${row.fails}`,
      `open ${row.open}`,
      shareText(row),
      failing.length > 0 ? `fails on ${failing.join(", ")}` : "",
    ];
  });
  const parts = [
    textTable([["claim", "", "", "", "share of hosts", ""], ...rows]),
    section("How far hosts lie apart", spreadTable(ledger)),
    section("What goes with the verdicts", factorsTable(ledger)),
    section("Not admitted", refusedTable(ledger)),
    [`${hosts.length} hosts, ${hostsLedgerTable(ledger).length} of ${claims.length} claims judged`],
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n");
}

function section(title: string, rows: readonly object[]): string[] {
  const [first] = rows;
  if (first === undefined) return [];
  return [title, ...textTable([Object.keys(first), ...rows.map((row) => Object.values(row).map(String))])];
}

import type { Article } from "../embed-evidence.ts";
import type { LedgerRow } from "../ledger-rows.ts";
import { escapeHtml } from "./escape-html.ts";
import { cellHref } from "./notebook-html.ts";

const verdicts = ["holds", "fails", "not testable here"];

/**
 * Writes the ledger: one row a claim, each with an address of its own. Without a script it is a whole table; with one it
 * sorts and filters.
 */
export function ledgerHtml(
  { ledgers, editions }: Pick<Article, "ledgers" | "editions">,
  studyPage: (study: string) => string,
): string {
  const [rows = [], ...others] = ledgers;
  const beside = others.map((other, i) => ({
    name: editions[i + 1]?.name ?? "",
    rows: new Map(other.map((row): [string, LedgerRow] => [row.id, row])),
  }));
  const columns = ["Claim", "Study", "Said of", "Expected", "Verdict", "Estimate (95 % interval)"];
  const studies = [...new Set(rows.map(({ study }) => study))];
  return `<div class="ledger" data-ledger>
<form class="ledger-filter" autocomplete="off">
<label>Words <input type="search" name="words"></label>
<label>Verdict <select name="verdict"><option value="">all</option>${verdicts.map(option).join("")}</select></label>
<label>Study <select name="study"><option value="">all</option>${studies.map(option).join("")}</select></label>
<p class="ledger-count" role="status" aria-live="polite">${rows.length} claims</p>
</form>
<table>
<thead><tr>${[...columns, ...beside.map(({ name }) => name)].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map((row) => rowHtml(row, beside, studyPage)).join("\n")}
</tbody>
</table>
</div>
`;
}

function option(value: string): string {
  return `<option value="${escapeHtml(value)}">${escapeHtml(value)}</option>`;
}

interface Beside {
  readonly name: string;
  readonly rows: ReadonlyMap<string, LedgerRow>;
}

function rowHtml(row: LedgerRow, beside: readonly Beside[], studyPage: (study: string) => string): string {
  const { id, claim, saidOf, expected, verdict, estimate, holdsIf, reason, study } = row;
  const cell = cellHref(row);
  const why =
    reason === ""
      ? ""
      : ` We expected that it ${expected === "holds" ? "holds" : "fails"}, because ${escapeHtml(reason)}.`;
  return (
    `<tr id="claim-${escapeHtml(id)}" data-study="${escapeHtml(study)}" data-verdict="${escapeHtml(verdict)}">` +
    `<th scope="row"><a class="claim-link" href="#claim-${escapeHtml(id)}">${escapeHtml(claim)}</a>` +
    `<span class="claim-more">Holds if: ${escapeHtml(holdsIf)}.${why} <a href="${escapeHtml(cell)}">Evidence</a></span></th>` +
    `<td data-label="Study"><a href="${escapeHtml(studyPage(study))}">${escapeHtml(study)}</a></td>` +
    `<td data-label="Said of">${escapeHtml(saidOf)}</td>` +
    `<td data-label="Expected">${escapeHtml(expected)}</td>` +
    `<td data-label="Verdict">${verdictHtml(verdict)}</td>` +
    `<td data-label="Estimate">${escapeHtml(estimate)}</td>` +
    beside
      .map(({ name, rows }) => `<td data-label="${escapeHtml(name)}">${otherHtml(rows.get(id))}</td>`)
      .join("") +
    "</tr>"
  );
}

function verdictHtml(verdict: string): string {
  return `<span class="verdict ${escapeHtml(verdict.split(" ")[0] ?? "")}">${escapeHtml(verdict)}</span>`;
}

function otherHtml(row: LedgerRow | undefined): string {
  return row === undefined ? "not measured" : `${verdictHtml(row.verdict)} ${escapeHtml(row.estimate)}`;
}

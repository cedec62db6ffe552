import type { Figure } from "../drawing/figure.ts";
import { claimsTable, marginsTable } from "../ledger/claims-table.ts";
import { evaluateLedger } from "../ledger/evaluate-ledger.ts";
import { verdictCounts } from "../ledger/verdict-counts.ts";
import { escapeHtml } from "../publish/article/html/escape-html.ts";
import { mime } from "../publish/mime.ts";
import { type Shown, tableBundle } from "../publish/show-table.ts";
import { type MeasuredStudy, reportOf, type Study } from "../studies/study.ts";
import { hostFacts } from "../summary/host-facts.ts";
import { readableRows } from "../summary/readable.ts";

/** Draws a figure as SVG. */
type Draw = (figure: Figure) => Promise<string>;

/** What the page may do: show its own styles and figures. It loads and runs nothing. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * Writes one HTML page, complete in itself, of what a data set says of each study that it holds.
 *
 * @param folder the data set
 * @param draw draws figures; null to leave them out
 */
export async function reportPage(
  folder: string,
  studies: readonly (Study & MeasuredStudy)[],
  draw: Draw | null,
): Promise<string> {
  const sections: string[] = [];
  for (const study of studies) sections.push(...(await studySection(folder, study, draw)));
  const shown = sections.length > 0 ? sections : ["<p>No study was measured here.</p>"];
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><title>What was measured</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${style}</style></head><body><main>`,
    ...shown,
    "</main></body></html>\n",
  ].join("\n");
}

async function studySection(
  folder: string,
  study: Study & MeasuredStudy,
  draw: Draw | null,
): Promise<string[]> {
  const data = study.loadIfMeasured(folder);
  const head = [`<h1>${escapeHtml(study.name)}</h1>`, `<p>${escapeHtml(study.experiment().question)}</p>`];
  const ledger = evaluateLedger(folder, [study]);
  const { holds, fails, notTestable } = verdictCounts(ledger);
  const claims = [
    "<h2>Claims</h2>",
    `<p>${holds} hold, ${fails} fail, ${notTestable} cannot be told here.</p>`,
    html(claimsTable(ledger)),
    html(marginsTable(ledger)),
  ];
  if (data === null) return [...head, "<p>It has no valid run in this data set.</p>", ...claims];
  const report = reportOf(study, data);
  const elsewhere =
    "Its tables and figures are in its notebook: <code>scheduling-safety notebooks --data</code> executes it on this data set.";
  return [
    ...head,
    ...claims,
    ...(study.report === undefined ? [`<p>${elsewhere}</p>`] : []),
    ...Object.entries(report.tables).flatMap(([title, rows]) => [
      `<h2>${escapeHtml(title)}</h2>`,
      html(readableRows(rows)),
    ]),
    ...(await figures(report.figures, draw)),
    "<h2>Values</h2>",
    html({ name: Object.keys(report.values), value: Object.values(report.values).map(String) }),
    "<h2>Host and campaign</h2>",
    html(hostFacts(data)),
  ];
}

async function figures(shown: readonly Figure[], draw: Draw | null): Promise<string[]> {
  if (shown.length === 0) return [];
  if (draw === null)
    return [`<p>${shown.length} figures are left out; <code>--figures</code> draws them.</p>`];
  const drawn: string[] = [];
  for (const figure of shown) {
    const label = escapeHtml(figure.title);
    drawn.push(`<figure>${picture(await draw(figure), figure.alt)}`);
    drawn.push(`<figcaption>${label}</figcaption></figure>`);
  }
  return drawn;
}

/** Whatever a drawing holds, as a picture it is no part of the page, and can neither run nor load anything. */
function picture(svg: string, alt: string): string {
  const content = Buffer.from(svg).toString("base64");
  return `<img src="data:${mime.svg};base64,${content}" alt="${escapeHtml(alt)}">`;
}

function html(shown: Shown): string {
  return String(tableBundle(shown).data[mime.html]);
}

const style =
  "body{font:16px/1.5 system-ui,sans-serif;color:#1f2328;margin:2rem}main{max-width:60rem;margin:auto}" +
  "table{border-collapse:collapse;margin:1rem 0;font-size:.9rem}th,td{padding:.3rem .7rem;border-bottom:1px solid #d0d7de;vertical-align:top}" +
  "figure{margin:1.5rem 0}img{max-width:100%;height:auto}";

import { childrenOf, type FootnoteDefinition, type Node, type NodeOf } from "../ast.ts";
import type { Article } from "../embed-evidence.ts";
import { linkTarget } from "../link-target.ts";
import { plainText } from "../plain-text.ts";
import { type Handlers, render } from "../render.ts";
import { blockHtml } from "./block-html.ts";
import { escapeHtml } from "./escape-html.ts";
import { figureHtml } from "./figure-html.ts";
import type { HtmlContext } from "./html-context.ts";
import { inlineHtml } from "./inline-html.ts";

const HANDLERS: Handlers<HtmlContext> = { ...inlineHtml, ...blockHtml, ...figureHtml };

/**
 * What the page may do: run and load what lies beside it, nothing inline, nothing from elsewhere. Plotly, KaTeX and the
 * drawings set styles inline, so styles may be.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export interface PageOptions {
  /** Path from the page to the folder of notebooks. */
  readonly notebooks: string;
  /** Programs that made the page, such as "MyST 1.8.3". */
  readonly tools: readonly string[];
}

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
}

/** Writes the article as one HTML page, which finds its styles, scripts and fonts under `assets/` and `figs/`. */
export function writeHtml(article: Article, { notebooks, tools }: PageOptions): string {
  const footnotes: FootnoteDefinition[] = [];
  const context: HtmlContext = {
    write: (nodes) => render(HANDLERS, nodes, context),
    editions: article.editions.map(({ name }) => name),
    referenceNumbers: new Map(article.references.map(({ label }, index) => [label, index + 1])),
    exhibits: article.exhibits,
    notebooks,
    footnotes,
  };
  const { title, subtitle, authors = [], date } = article.document.frontmatter;
  const abstract = context.write(article.abstract);
  const body = context.write(article.body);
  const notes = notesHtml(footnotes, context);
  const names = authors.map(({ name }) => name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(plainText(article.abstract))}">
<meta name="author" content="${escapeHtml(names.join(", "))}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/katex/katex.min.css">
<link rel="stylesheet" href="assets/fonts.css">
<link rel="stylesheet" href="assets/article.css">
<script defer src="assets/article.js"></script>
</head>
<body>
<a class="skip" href="#article">Skip to the article</a>
${bannerHtml(article)}<header>
<h1>${escapeHtml(title)}</h1>
${subtitle === undefined ? "" : `<p class="subtitle">${escapeHtml(subtitle)}</p>\n`}<p class="byline">${escapeHtml(names.join(", "))} <time datetime="${date}">${longDate(date)}</time></p>
</header>
${contentsHtml(entries(article.body, notes !== ""))}<main id="article">
<section class="abstract" aria-labelledby="abstract">
<h2 id="abstract">Abstract</h2>
${abstract}</section>
${body}${notes}${referencesHtml(article, context)}</main>
${footerHtml(article, tools)}</body>
</html>
`;
}

function longDate(date: string): string {
  return new Date(date).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}

function bannerHtml({ editions }: Article): string {
  if (editions.length === 1) return "";
  const names = editions.map(
    ({ name, description }) => `<strong>${escapeHtml(name)}</strong>: ${escapeHtml(description)}`,
  );
  return `<aside class="banner" aria-label="Editions">\n<p>Two editions side by side.</p>\n<p>${names.join("</p>\n<p>")}</p>\n</aside>\n`;
}

function entries(body: readonly Node[], notes: boolean): Entry[] {
  const headings = body.flatMap(headingsIn).map((heading) => ({
    id: heading.html_id ?? "",
    title: `${heading.enumerator ?? ""} ${plainText(heading.children)}`.trim(),
    depth: heading.depth,
  }));
  const last = notes ? ["Notes", "References"] : ["References"];
  return [...headings, ...last.map((title) => ({ id: title.toLowerCase(), title, depth: 2 }))];
}

function headingsIn(node: Node): NodeOf<"heading">[] {
  return node.type === "heading" ? [node] : childrenOf(node).flatMap(headingsIn);
}

function contentsHtml(contents: readonly Entry[]): string {
  const items = contents
    .filter(({ depth }) => depth <= 3)
    .map(
      ({ id, title, depth }) =>
        `<li class="depth-${depth}"><a href="#${escapeHtml(id)}">${escapeHtml(title)}</a></li>`,
    );
  return `<nav class="contents" aria-label="Contents">\n<details open>\n<summary>Contents</summary>\n<ol>\n${items.join("\n")}\n</ol>\n</details>\n</nav>\n`;
}

function notesHtml(footnotes: readonly FootnoteDefinition[], { write }: HtmlContext): string {
  if (footnotes.length === 0) return "";
  const items = footnotes.map(({ identifier, children }) => {
    const id = escapeHtml(identifier);
    const back = `<a class="back" href="#noteref-${id}" aria-label="Back to the text">↩</a>`;
    return `<li id="note-${id}">${write(children)
      .trimEnd()
      .replace(/<\/p>$/, ` ${back}</p>`)}</li>`;
  });
  return `<section class="notes" aria-labelledby="notes">\n<h2 id="notes">Notes</h2>\n<ol>\n${items.join("\n")}\n</ol>\n</section>\n`;
}

function referencesHtml({ references }: Article, { write }: HtmlContext): string {
  const items = references.map(({ label, text }) => `<li id="ref-${escapeHtml(label)}">${write(text)}</li>`);
  return `<section class="references" aria-labelledby="references">\n<h2 id="references">References</h2>\n<ol>\n${items.join("\n")}\n</ol>\n</section>\n`;
}

function footerHtml({ document }: Article, tools: readonly string[]): string {
  const license = document.frontmatter.license?.content;
  const rights =
    license === undefined
      ? ""
      : `<p>Text and figures: <a rel="license" href="${escapeHtml(linkTarget(license.url, "article.md: license"))}">${escapeHtml(license.name)}</a>.</p>\n`;
  return `<footer>
<p><a href="article.pdf">This article as PDF</a></p>
${rights}<p>Every measured number, figure and table comes from an executed notebook. Built with ${escapeHtml(tools.join(", "))}.</p>
</footer>
`;
}

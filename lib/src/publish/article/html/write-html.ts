import { childrenOf, type Node } from "../ast.ts";
import type { Article } from "../embed-evidence.ts";
import { plainText } from "../plain-text.ts";
import { type Handlers, render } from "../render.ts";
import type { ShownNotebook } from "../shown-notebooks.ts";
import { blockHtml } from "./block-html.ts";
import { escapeHtml } from "./escape-html.ts";
import { figureHtml } from "./figure-html.ts";
import type { HtmlContext } from "./html-context.ts";
import { inlineHtml } from "./inline-html.ts";
import { ledgerHtml } from "./ledger-html.ts";
import { notebookParts } from "./notebook-parts.ts";
import { type PageParts, pageHtml } from "./page-html.ts";
import { cutPages, type Entry, frontPage, type Page, pagesOfTargets } from "./pages.ts";

const HANDLERS: Handlers<HtmlContext> = { ...inlineHtml, ...blockHtml, ...figureHtml };

/**
 * Writes the article and its notebooks as pages by file name, which find their styles, scripts and fonts under `assets/` and
 * `figs/`.
 *
 * @param tools programs that made the pages, such as "MyST 1.8.3"
 */
export function writeHtml(
  article: Article,
  notebooks: readonly ShownNotebook[],
  tools: readonly string[],
): ReadonlyMap<string, string> {
  const pages = cutPages(article.body, article.document.frontmatter.title);
  const targets = pagesOfTargets(pages);
  const contextOf = ({ file }: Page): HtmlContext => {
    const context: HtmlContext = {
      write: (nodes) => render(HANDLERS, nodes, context),
      editions: article.editions.map(({ name }) => name),
      referenceNumbers: new Map(article.references.map(({ label }, index) => [label, index + 1])),
      exhibits: article.exhibits,
      origins: article.origins,
      footnotes: [],
      ledger: () => ledgerHtml(article, (study) => studyPage(study, pages)),
      hrefOf: (id) => `${hrefPrefix(targets.get(id), file)}#${id}`,
      raise: file === frontPage ? 0 : 1,
    };
    return context;
  };
  const frame = (parts: PageParts): [string, string] => [
    parts.page.file,
    pageHtml(article, pages, parts, tools),
  ];
  return new Map([
    ...pages.map((page) => frame(partsOf(page, article, contextOf(page)))),
    ...notebookParts(article, notebooks, contextOf).map(frame),
  ]);
}

function studyPage(study: string, pages: readonly Page[]): string {
  return pages.find(({ file }) => file === `${study}.html`)?.file ?? frontPage;
}

function hrefPrefix(target: string | undefined, file: string): string {
  return target === undefined || target === file ? "" : target;
}

function partsOf(page: Page, article: Article, context: HtmlContext): PageParts {
  const front = page.file === frontPage;
  const lead = front
    ? `<section class="abstract" aria-labelledby="abstract">\n<h2 id="abstract">Abstract</h2>\n${context.write(article.abstract)}</section>\n`
    : "";
  const text = context.write(page.nodes);
  const cited = citedIn(front ? [...article.abstract, ...page.nodes] : page.nodes);
  const after = [notesHtml(context), referencesHtml(article, cited, context)].filter((part) => part !== null);
  const paragraph = page.nodes.find(({ type }) => type === "paragraph");
  const description = front ? article.abstract : paragraph === undefined ? [] : [paragraph];
  return { page, description: plainText(description), lead, text, after };
}

function citedIn(nodes: readonly Node[]): ReadonlySet<string> {
  const labels = (node: Node): string[] =>
    node.type === "cite" ? [node.label] : childrenOf(node).flatMap(labels);
  return new Set(nodes.flatMap(labels));
}

interface Part {
  readonly entry: Entry;
  readonly html: string;
}

function notesHtml({ footnotes, write }: HtmlContext): Part | null {
  if (footnotes.length === 0) return null;
  const items = footnotes.map(({ identifier, children }) => {
    const id = escapeHtml(identifier);
    const back = `<a class="back" href="#noteref-${id}" aria-label="Back to the text">↩</a>`;
    return `<li id="note-${id}">${write(children)
      .trimEnd()
      .replace(/<\/p>$/, ` ${back}</p>`)}</li>`;
  });
  return backMatter("notes", "Notes", items);
}

/** Each page has the entries that it cites, under the numbers that they have in the whole text. */
function referencesHtml(
  { references }: Article,
  cited: ReadonlySet<string>,
  { write, referenceNumbers }: HtmlContext,
): Part | null {
  const items = references
    .filter(({ label }) => cited.has(label))
    .map(
      ({ label, text }) =>
        `<li id="ref-${escapeHtml(label)}" value="${referenceNumbers.get(label)}">${write(text)}</li>`,
    );
  return items.length === 0 ? null : backMatter("references", "References", items);
}

function backMatter(id: string, title: string, items: readonly string[]): Part {
  const html = `<section class="${id}" aria-labelledby="${id}">\n<h2 id="${id}">${title}</h2>\n<ol>\n${items.join("\n")}\n</ol>\n</section>\n`;
  return { entry: { id, title, depth: 2 }, html };
}

import { childrenOf, type FootnoteDefinition, type Node, type NodeOf } from "../ast.ts";
import type { Article } from "../embed-evidence.ts";
import { escapeHtml as escapeXml } from "../html/escape-html.ts";
import { render } from "../render.ts";
import { type JatsContext, jatsHandlers } from "./jats-handlers.ts";

/**
 * Writes the article as JATS, the form in which archives and journals keep articles.
 *
 * @see https://jats.nlm.nih.gov/publishing/1.3/
 */
export function writeJats(article: Article): string {
  const context: JatsContext = {
    write: (nodes) => render(jatsHandlers, nodes, context),
    referenceNumbers: new Map(article.references.map(({ label }, index) => [label, index + 1])),
    editions: article.editions.map(({ name }) => name),
  };
  const { title, subtitle, authors = [], date, license } = article.document.frontmatter;
  const [year, month, day] = date.split("-");
  const rights = license?.content;
  const blocks = article.body.flatMap((node) => (node.type === "block" ? childrenOf(node) : [node]));
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN" "JATS-journalpublishing1-3.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" dtd-version="1.3" xml:lang="en">
<front><article-meta>
<title-group><article-title>${escapeXml(title)}</article-title>${subtitle === undefined ? "" : `<subtitle>${escapeXml(subtitle)}</subtitle>`}</title-group>
<contrib-group>${authors.map(({ name }) => `<contrib contrib-type="author"><collab>${escapeXml(name)}</collab></contrib>`).join("")}</contrib-group>
<pub-date date-type="pub" iso-8601-date="${date}"><day>${day}</day><month>${month}</month><year>${year}</year></pub-date>
${rights === undefined ? "" : `<permissions><license xlink:href="${escapeXml(rights.url)}"><license-p>${escapeXml(rights.name)}</license-p></license></permissions>\n`}<abstract>${context.write(article.abstract)}</abstract>
</article-meta></front>
<body>
${sections(blocks, context)}</body>
<back>
${notes(article, context)}<ref-list>
${article.references
  .map(
    ({ label, text }, index) =>
      `<ref id="ref-${escapeXml(label)}"><label>${index + 1}</label><mixed-citation>${context.write(text)}</mixed-citation></ref>\n`,
  )
  .join("")}</ref-list>
</back>
</article>
`;
}

/** Turns headings and what follows them into nested sections. */
function sections(blocks: readonly Node[], context: JatsContext): string {
  const open: number[] = [];
  const parts: string[] = [];
  const closeTo = (depth: number) => {
    while (open.length > 0 && (open.at(-1) ?? 0) >= depth) {
      parts.push("</sec>\n");
      open.pop();
    }
  };
  for (const node of blocks) {
    if (node.type === "heading") {
      closeTo(node.depth);
      open.push(node.depth);
      parts.push(sectionStart(node, context));
    } else parts.push(context.write([node]));
  }
  closeTo(0);
  return parts.join("");
}

function sectionStart(node: NodeOf<"heading">, { write }: JatsContext): string {
  const id = node.html_id === undefined ? "" : ` id="${escapeXml(node.html_id)}"`;
  const number = node.enumerator === undefined ? "" : `<label>${escapeXml(node.enumerator)}</label>`;
  return `<sec${id}>${number}${write([node])}`;
}

function notes({ body }: Article, { write }: JatsContext): string {
  const all = body.flatMap(notesIn);
  const items = all.map(
    ({ identifier, children }) => `<fn id="note-${escapeXml(identifier)}">${write(children)}</fn>\n`,
  );
  return items.length === 0 ? "" : `<fn-group>\n${items.join("")}</fn-group>\n`;
}

function notesIn(node: Node): FootnoteDefinition[] {
  return node.type === "footnoteDefinition" ? [node] : childrenOf(node).flatMap(notesIn);
}

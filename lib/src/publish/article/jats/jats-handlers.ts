import type { Block, FigurePart, Inline, Node } from "../ast.ts";
import { captionName } from "../caption-name.ts";
import { escapeHtml as escapeXml } from "../html/escape-html.ts";
import { plotFile } from "../html/figure-html.ts";
import type { Handlers } from "../render.ts";

/** What the handlers share while the document is written. */
export interface JatsContext {
  readonly write: (nodes: readonly Node[]) => string;
  /** Number of each reference by its label. */
  readonly referenceNumbers: ReadonlyMap<string, number>;
  /** Names of the editions in print, the reference first. */
  readonly editions: readonly string[];
}

/**
 * JATS of every kind of node. Headings are not written here: they become the sections that they open.
 *
 * @see https://jats.nlm.nih.gov/publishing/tag-library/1.3/ Journal Article Tag Suite, Publishing 1.3
 */
export const jatsHandlers: Handlers<JatsContext, Block | FigurePart | Inline> = {
  root: (node, { write }) => write(node.children),
  block: (node, { write }) => write(node.children),
  paragraph: (node, { write }) => `<p>${write(node.children)}</p>\n`,
  heading: (node, { write }) => `<title>${write(node.children)}</title>\n`,
  blockquote: (node, { write }) => `<disp-quote>\n${write(node.children)}</disp-quote>\n`,
  list: (node, { write }) =>
    `<list list-type="${node.ordered ? "order" : "bullet"}">\n${write(node.children)}</list>\n`,
  listItem: (node, { write }) => `<list-item>${write(node.children.map(asParagraph))}</list-item>\n`,
  math: (node) =>
    `<disp-formula${id(node.html_id)}>${label(node.enumerator)}<tex-math>${escapeXml(node.value)}</tex-math></disp-formula>\n`,
  code: (node) => `<code language="${escapeXml(node.lang ?? "text")}">${escapeXml(node.value)}</code>\n`,
  admonition: (node, { write }) =>
    `<boxed-text>${write(node.children.filter(({ type }) => type !== "admonitionTitle"))}</boxed-text>\n`,
  admonitionTitle: (node, { write }) => write(node.children),
  glossary: (node, { write }) => write(node.children),
  definitionList: (node, { write }) => {
    const items = node.children.map((child) => write([child]));
    return `<def-list>\n${items.join("")}</def-list>\n`;
  },
  definitionTerm: (node, { write }) => `<def-item><term${id(node.html_id)}>${write(node.children)}</term>`,
  definitionDescription: (node, { write }) =>
    `<def>${write(node.children.map(asParagraph))}</def></def-item>\n`,
  footnoteDefinition: () => "", // stands with the others at the end
  thematicBreak: () => "",
  comment: () => "",
  mystTarget: () => "",

  container: (node, { write }) => {
    const captions = node.children.filter(({ type }) => type === "caption" || type === "legend");
    const content = write(node.children.filter(({ type }) => type !== "caption" && type !== "legend"));
    const tag = node.kind === "table" ? "table-wrap" : "fig";
    const name = node.enumerator === undefined ? undefined : `${captionName(node.kind)} ${node.enumerator}`;
    return `<${tag}${id(node.html_id)}>${label(name)}<caption>${write(captions)}</caption>\n${content}</${tag}>\n`;
  },
  caption: (node, { write }) => write(node.children),
  legend: (node, { write }) => write(node.children),
  edition: (node, { write }) => write(node.children),
  plot: (node) => graphic(`figs/${plotFile(node)}.svg`, node.alt),
  picture: (node) => graphic(`figs/${node.name}.svg`, node.alt),
  table: (node, { write }) => {
    const [head = [], body = []] = [true, false].map((wanted) =>
      node.children.filter((row) => isHead(row) === wanted),
    );
    const part = (tag: string, rows: readonly Node[]) =>
      rows.length === 0 ? "" : `<${tag}>${write(rows)}</${tag}>`;
    return `<table>${part("thead", head)}${part("tbody", body)}</table>\n`;
  },
  tableRow: (node, { write }) => `<tr>${write(node.children)}</tr>\n`,
  tableCell: (node, { write }) => {
    const tag = node.header === true ? "th" : "td";
    const align = node.align === undefined ? "" : ` align="${node.align}"`;
    const spans = [
      node.colspan && ` colspan="${node.colspan}"`,
      node.rowspan && ` rowspan="${node.rowspan}"`,
    ];
    return `<${tag}${align}${spans.filter(Boolean).join("")}>${write(node.children)}</${tag}>`;
  },

  text: (node) => escapeXml(node.value),
  inlineCode: (node) => `<monospace>${escapeXml(node.value)}</monospace>`,
  strong: (node, { write }) => `<bold>${write(node.children)}</bold>`,
  emphasis: (node, { write }) => `<italic>${write(node.children)}</italic>`,
  superscript: (node, { write }) => `<sup>${write(node.children)}</sup>`,
  subscript: (node, { write }) => `<sub>${write(node.children)}</sub>`,
  break: () => " ",
  inlineMath: (node) => `<inline-formula><tex-math>${escapeXml(node.value)}</tex-math></inline-formula>`,
  link: (node, { write }) =>
    `<ext-link ext-link-type="uri" xlink:href="${escapeXml(node.url)}">${write(node.children)}</ext-link>`,
  abbreviation: (node, { write }) => write(node.children),
  crossReference: (node, { write }) =>
    `<xref rid="${escapeXml(node.html_id ?? node.identifier ?? "")}">${write(node.children)}</xref>`,
  citeGroup: (node, { write }) => `[${node.children.map((child) => write([child])).join(", ")}]`,
  cite: (node, { referenceNumbers }) =>
    `<xref ref-type="bibr" rid="ref-${escapeXml(node.label)}">${referenceNumbers.get(node.label)}</xref>`,
  footnoteReference: (node) =>
    `<xref ref-type="fn" rid="note-${escapeXml(node.identifier)}">${escapeXml(node.enumerator ?? "")}</xref>`,
  captionNumber: () => "", // the label of the figure or table
  reading: (node, { editions }) => {
    const [reference = "", ...others] = node.texts.map(escapeXml);
    return reference + others.map((text, i) => ` (${escapeXml(editions[i + 1] ?? "")}: ${text})`).join("");
  },
};

function asParagraph(node: Node): Node {
  const isBlock = /^(paragraph|list|code|math|container|blockquote)$/.test(node.type);
  return isBlock ? node : { type: "paragraph", children: [node] };
}

function graphic(path: string, alt: string): string {
  return `<graphic mimetype="image" mime-subtype="svg+xml" xlink:href="${escapeXml(path)}"><alt-text>${escapeXml(alt)}</alt-text></graphic>\n`;
}

function isHead(row: Node): boolean {
  return (
    row.type === "tableRow" && row.children.every((cell) => cell.type === "tableCell" && cell.header === true)
  );
}

function id(value: string | undefined): string {
  return value === undefined ? "" : ` id="${escapeXml(value)}"`;
}

function label(text: string | undefined): string {
  return text === undefined ? "" : `<label>${escapeXml(text)}</label>`;
}

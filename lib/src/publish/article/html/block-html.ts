import type { Block, Node } from "../ast.ts";
import { escapeHtml } from "./escape-html.ts";
import { formulaHtml } from "./formula-html.ts";
import { highlightCode } from "./highlight-code.ts";
import type { HtmlHandlers } from "./html-context.ts";

/** HTML of the blocks of running text. */
export const blockHtml: HtmlHandlers<Block> = {
  root: (node, { write }) => write(node.children),
  block: (node, { write }) => write(node.children),
  paragraph: (node, { write }) => `<p>${write(node.children)}</p>\n`,
  heading: (node, { write, raise }) => {
    const tag = `h${node.depth - raise}`;
    const number = node.enumerator === undefined ? "" : `<span class="number">${node.enumerator}</span> `;
    const text = `${number}${write(node.children)}`;
    return node.html_id === undefined || tag === "h1"
      ? `<${tag}${anchor(node.html_id)}>${text}</${tag}>\n`
      : `<${tag}${anchor(node.html_id)}>${text}<a class="here-link" href="#${escapeHtml(node.html_id)}" aria-label="Link to this heading"></a></${tag}>\n`;
  },
  blockquote: (node, { write }) => `<blockquote>\n${write(node.children)}</blockquote>\n`,
  list: (node, { write }) => {
    const start = node.start !== undefined && node.start !== 1 ? ` start="${node.start}"` : "";
    return node.ordered
      ? `<ol${start}>\n${write(node.children)}</ol>\n`
      : `<ul>\n${write(node.children)}</ul>\n`;
  },
  listItem: (node, { write }) => `<li>${write(node.children.flatMap(unwrapParagraph)).trimEnd()}</li>\n`,
  math: (node) => {
    const number =
      node.enumerator === undefined ? "" : `<span class="equation-number">(${node.enumerator})</span>`;
    return `<div class="equation"${anchor(node.html_id)}><div class="formula" tabindex="0">${formulaHtml(node.value, { block: true })}</div>${number}</div>\n`;
  },
  code: (node) => `<pre tabindex="0"><code>${highlightCode(node.value, node.lang)}</code></pre>\n`,
  admonition: (node, { write }) =>
    `<aside class="admonition ${escapeHtml(node.kind ?? "note")}">\n${write(node.children)}</aside>\n`,
  admonitionTitle: (node, { write }) => `<p class="admonition-title">${write(node.children)}</p>\n`,
  glossary: (node, { write }) => write(node.children),
  definitionList: (node, { write }) => `<dl>\n${write(node.children)}</dl>\n`,
  definitionTerm: (node, { write }) => `<dt${anchor(node.html_id)}>${write(node.children)}</dt>\n`,
  definitionDescription: (node, { write }) => `<dd>${write(node.children.flatMap(unwrapParagraph))}</dd>\n`,
  footnoteDefinition: (node, { footnotes }) => {
    footnotes.push(node);
    return "";
  },
  thematicBreak: () => "<hr>\n",
  comment: () => "",
  mystTarget: () => "",
};

/** A list item of one paragraph is set without the paragraph's margins. */
function unwrapParagraph(node: Node): readonly Node[] {
  return node.type === "paragraph" ? node.children : [node];
}

function anchor(id: string | undefined): string {
  return id === undefined ? "" : ` id="${escapeHtml(id)}"`;
}

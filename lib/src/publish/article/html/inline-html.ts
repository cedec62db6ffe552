import { type Inline, type Node, placeOf } from "../ast.ts";
import { captionName } from "../caption-name.ts";
import { linkTarget } from "../link-target.ts";
import { escapeHtml } from "./escape-html.ts";
import { formulaHtml } from "./formula-html.ts";
import type { HtmlHandlers } from "./html-context.ts";
import { cellHref } from "./notebook-html.ts";

/** HTML of everything that stands within a line of text. */
export const inlineHtml: HtmlHandlers<Inline> = {
  text: (node) => escapeHtml(node.value),
  inlineCode: (node) => `<code>${escapeHtml(node.value)}</code>`,
  strong: (node, { write }) => `<strong>${write(node.children)}</strong>`,
  emphasis: (node, { write }) => `<em>${write(node.children)}</em>`,
  superscript: (node, { write }) => `<sup>${write(node.children)}</sup>`,
  subscript: (node, { write }) => `<sub>${write(node.children)}</sub>`,
  break: () => "<br>",
  inlineMath: (node) => formulaHtml(node.value, { block: false }),
  link: (node, { write }) =>
    `<a href="${escapeHtml(linkTarget(node.url, placeOf(node)))}">${write(node.children)}</a>`,
  abbreviation: (node, { write }) => `<abbr title="${escapeHtml(node.title)}">${write(node.children)}</abbr>`,
  crossReference: (node, { write, hrefOf }) =>
    `<a class="xref" href="${escapeHtml(hrefOf(node.html_id ?? node.identifier ?? ""))}">${write(node.children)}</a>`,
  citeGroup: (node, { write }) =>
    `<span class="cites">[${node.children.map((child) => write([asGrouped(child)])).join(", ")}]</span>`,
  cite: (node, { write, referenceNumbers }) => {
    const link = `<a class="cite" href="#ref-${escapeHtml(node.label)}">${referenceNumbers.get(node.label)}</a>`;
    if (node.kind === "grouped") return link;
    return node.kind === "narrative" ? `${withoutYear(write(node.children))} [${link}]` : `[${link}]`;
  },
  footnoteReference: (node) =>
    `<sup class="footnote"><a id="noteref-${escapeHtml(node.identifier)}" href="#note-${escapeHtml(node.identifier)}" ` +
    `aria-label="Note ${node.enumerator}">${node.enumerator}</a></sup>`,
  captionNumber: (node) =>
    `<strong class="number">${escapeHtml(captionName(node.kind))}\u00a0${node.enumerator}.</strong> `,
  reading: (node, { editions, origins }) => {
    const [reference = "", ...others] = node.texts.map(escapeHtml);
    const beside = others.map(
      (text, i) => ` <span class="beside">(${escapeHtml(editions[i + 1] ?? "")}: ${text})</span>`,
    );
    const origin = origins.get(node.path);
    const value =
      origin === undefined
        ? reference
        : `<a class="origin" href="${escapeHtml(cellHref(origin))}">${reference}</a>`;
    return `<span class="reading" data-value="${escapeHtml(node.path)}">${value}${beside.join("")}</span>`;
  },
};

/** Within one pair of brackets a citation is its number only. */
function asGrouped(node: Node): Node {
  return node.type === "cite" ? { ...node, kind: "grouped" } : node;
}

function withoutYear(citation: string): string {
  return citation.replace(/\s*\([^()]*\)$/, "");
}

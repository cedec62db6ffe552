import { type Inline, type Node, placeOf } from "../ast.ts";
import { linkTarget } from "../link-target.ts";
import { escapeTypst, typstString } from "./escape-typst.ts";
import { formulaTypst } from "./formula-typst.ts";
import type { TypstContext, TypstHandlers } from "./typst-context.ts";

/** Typst of everything that stands within a line of text. */
export const inlineTypst: TypstHandlers<Inline> = {
  text: (node) => escapeTypst(node.value),
  inlineCode: (node) => `#raw(${typstString(node.value)})`,
  strong: (node, { write }) => `#strong[${write(node.children)}]`,
  emphasis: (node, { write }) => `#emph[${write(node.children)}]`,
  superscript: (node, { write }) => `#super[${write(node.children)}]`,
  subscript: (node, { write }) => `#sub[${write(node.children)}]`,
  break: () => "#linebreak()",
  inlineMath: (node) => formulaTypst(node.value, { block: false }),
  link: (node, { write }) =>
    `#link(${typstString(linkTarget(node.url, placeOf(node)))})[${write(node.children)}]`,
  abbreviation: (node, { write }) => write(node.children),
  crossReference: (node, { write }) =>
    `#link(label(${typstString(node.html_id ?? node.identifier ?? "")}))[${write(node.children)}]`,
  citeGroup: (node, { write }) =>
    `\\[${node.children.map((child) => write([asGrouped(child)])).join(", ")}\\]`,
  cite: (node, { write, referenceNumbers }) => {
    const link = `#link(label(${typstString(`ref-${node.label}`)}))[${referenceNumbers.get(node.label)}]`;
    if (node.kind === "grouped") return link;
    return node.kind === "narrative" ? `${write(withoutYear(node.children))} \\[${link}\\]` : `\\[${link}\\]`;
  },
  footnoteReference: ({ identifier }, context) => footnote(identifier, context),
  captionNumber: () => "", // the figure sets its own
  reading: (node, { editions }) => {
    const [reference = "", ...others] = node.texts.map(escapeTypst);
    return (
      reference + others.map((text, i) => `#beside[${escapeTypst(editions[i + 1] ?? "")}: ${text}]`).join("")
    );
  },
};

/** Within one pair of brackets a citation is its number only. */
function asGrouped(node: Node): Node {
  return node.type === "cite" ? { ...node, kind: "grouped" } : node;
}

function withoutYear(children: readonly Node[]): readonly Node[] {
  return children.map((child) =>
    child.type === "text" ? { ...child, value: child.value.replace(/\s*\([^()]*\)$/, "") } : child,
  );
}

function footnote(identifier: string, { write, footnotes, footnotesSet }: TypstContext): string {
  const label = `label(${typstString(`note-${identifier}`)})`;
  if (footnotesSet.has(identifier)) return `#footnote(${label})`;
  footnotesSet.add(identifier);
  return `#footnote[${write(footnotes.get(identifier)?.children ?? []).trim()}]#${label}`;
}

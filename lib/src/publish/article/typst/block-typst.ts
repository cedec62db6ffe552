import type { Block } from "../ast.ts";
import { escapeTypst, typstString } from "./escape-typst.ts";
import { formulaTypst } from "./formula-typst.ts";
import type { TypstHandlers } from "./typst-context.ts";

/** Typst of the blocks of running text. */
export const blockTypst: TypstHandlers<Block> = {
  root: (node, { write }) => write(node.children),
  block: (node, { write }) => write(node.children),
  paragraph: (node, { write }) => `${write(node.children)}\n\n`,
  heading: (node, { write }) => {
    const number = node.enumerator === undefined ? "" : `#number[${escapeTypst(node.enumerator)}]`;
    return `#heading(level: ${node.depth - 1})[${number}${write(node.children)}]${target(node.html_id)}\n\n`;
  },
  blockquote: (node, { write }) => `#quote(block: true)[${write(node.children).trim()}]\n\n`,
  list: (node, { write }) => {
    const items = node.children.map((item) => `[${write([item])}]`).join(", ");
    return node.ordered ? `#enum(start: ${node.start ?? 1}, ${items})\n\n` : `#list(${items})\n\n`;
  },
  listItem: (node, { write }) => write(node.children).trim(),
  math: (node) =>
    `${formulaTypst(node.value, { block: true, number: node.enumerator })}${target(node.html_id)}\n\n`,
  code: (node) =>
    `#raw(${rawString(node.value)}, block: true, lang: ${typstString(node.lang ?? "text")})\n\n`,
  admonition: (node, { write }) => {
    const [title, ...body] = node.children;
    return `#admonition([${title === undefined ? "" : write([title])}])[${write(body).trim()}]\n\n`;
  },
  admonitionTitle: (node, { write }) => write(node.children),
  glossary: (node, { write }) => write(node.children),
  definitionList: (node, { write }) => `${write(node.children)}\n`,
  definitionTerm: (node, { write }) =>
    `/ ${write(node.children)}${target(node.html_id, "#metadata(none)")}: `,
  definitionDescription: (node, { write }) => `${write(node.children).trim()}\n`,
  footnoteDefinition: () => "", // set where it is referred to
  thematicBreak: () => "#line(length: 100%, stroke: 0.4pt)\n\n",
  comment: () => "",
  mystTarget: () => "",
};

/** Makes what stands before it the target of links; `carrier` stands in where nothing can carry a label. */
function target(id: string | undefined, carrier = ""): string {
  return id === undefined ? "" : `${carrier}#label(${typstString(id)})`;
}

function rawString(code: string): string {
  return code.split("\n").map(typstString).join(' + "\\n" + ');
}

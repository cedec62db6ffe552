import type { Node } from "./ast.ts";

/** File of the front article: what a reader meets first. */
export const frontFile = "front.md";

/** The front article's headings are of second rank in the text, where MyST does not number them, and of first rank for its readers. */
export function promoteFront(node: Node): Node {
  const children = "children" in node ? { children: node.children.map(promoteFront) } : {};
  const depth = node.type === "heading" && node.file === frontFile ? { depth: node.depth - 1 } : {};
  return { ...node, ...children, ...depth } as Node;
}

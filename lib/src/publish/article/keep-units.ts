import type { Node } from "./ast.ts";

const BEFORE_UNIT = /(?<=\d) (?=(?:%|[nµm]?s|min|h|[KMG]iB|[kMG]B|[kMG]?Hz)(?![\p{L}\d]))/gu;

/** Keeps numbers in the text and their units on one line, as values and theirs. */
export function keepUnits(node: Node): Node {
  if (node.type === "text") return { ...node, value: node.value.replace(BEFORE_UNIT, "\u00a0") };
  return "children" in node ? ({ ...node, children: node.children.map(keepUnits) } as Node) : node;
}

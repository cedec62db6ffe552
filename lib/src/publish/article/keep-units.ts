import type { Node } from "./ast.ts";
import { unitPattern } from "./units.ts";

const WITHIN_QUANTITY = new RegExp(`(?<=\\d)\\s(?=${unitPattern}|±)|(?<=±)\\s(?=\\d)`, "gu");

/** Keeps numbers in the text and their units on one line, as values and theirs. */
export function keepUnits(node: Node): Node {
  if (node.type === "text") return { ...node, value: node.value.replace(WITHIN_QUANTITY, "\u00a0") };
  return "children" in node ? ({ ...node, children: node.children.map(keepUnits) } as Node) : node;
}

import { childrenOf, type Node } from "./ast.ts";

const SILENT: ReadonlySet<string> = new Set(["captionNumber", "footnoteReference", "citeGroup"]);

/** Returns what a reader would hear of the nodes: no citations, no numbers of captions, formulas as TeX. */
export function plainText(nodes: readonly Node[]): string {
  return nodes
    .map(textOf)
    .join("")
    .replace(/\s+/g, " ")
    .replace(/ (?=[.,;:])/g, "")
    .trim();
}

function textOf(node: Node): string {
  if (SILENT.has(node.type)) return "";
  if (node.type === "reading") return node.texts[0] ?? "";
  if ("value" in node) return node.value;
  return childrenOf(node).map(textOf).join("");
}

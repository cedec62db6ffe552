import { DataError } from "../../measure/study-error.ts";
import { childrenOf, type Node } from "./ast.ts";
import { parseFragment } from "./parse-fragment.ts";
import type { ResolvedDocument } from "./resolve-document.ts";

/** One entry of the bibliography; its place in the list is its number. */
export interface Reference {
  readonly label: string;
  readonly text: readonly Node[];
}

/**
 * Lists what the article cites in the order of first citation, abstract first. (MyST numbers the abstract by itself.)
 *
 * @throws DataError if a citation has no entry
 */
export function numberReferences(
  roots: readonly Node[],
  { references }: ResolvedDocument,
): readonly Reference[] {
  const labels = new Set(roots.flatMap(citationsIn));
  return [...labels].map((label) => {
    const entry = references.cite.data[label];
    if (entry === undefined) {
      throw new DataError(
        `article.md: citation "${label}" must stand in the text too; it is only in the abstract`,
      );
    }
    return { label, text: parseFragment(entry.html, `references.bib: ${label}`) };
  });
}

function citationsIn(node: Node): string[] {
  return node.type === "cite" ? [node.label] : childrenOf(node).flatMap(citationsIn);
}

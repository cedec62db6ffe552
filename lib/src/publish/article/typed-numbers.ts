import type { Node } from "./ast.ts";
import { findBareGivens, findTypedNumbers } from "./find-typed-numbers.ts";
import type { ResolvedDocument } from "./resolve-document.ts";

/**
 * Finds every number typed into title, abstract and body of a resolved article, and every declared phrase that is a number
 * alone; one message each.
 */
export function typedNumbers({ frontmatter, mdast }: ResolvedDocument): string[] {
  const { title, subtitle = "", options, parts } = frontmatter;
  const givens = options?.givens ?? [];
  const roots = [headline(title), headline(subtitle), parts?.abstract?.mdast, mdast];
  const typed = roots.flatMap((root) => (root === undefined ? [] : findTypedNumbers(root, givens)));
  return [...findBareGivens(givens), ...typed];
}

function headline(value: string): Node {
  return { type: "paragraph", children: [{ type: "text", value }] };
}

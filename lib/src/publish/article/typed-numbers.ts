import { findTypedNumbers } from "./find-typed-numbers.ts";
import type { ResolvedDocument } from "./resolve-document.ts";

/** Finds every number typed into the abstract and the body of a resolved article; one message a number. */
export function typedNumbers({ frontmatter, mdast }: ResolvedDocument): string[] {
  const givens = frontmatter.options?.givens ?? [];
  const abstract = frontmatter.parts?.abstract?.mdast;
  return [abstract, mdast].flatMap((root) => (root === undefined ? [] : findTypedNumbers(root, givens)));
}

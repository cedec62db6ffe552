import { childrenOf, type Node, placeOf } from "./ast.ts";
import type { Article } from "./embed-evidence.ts";

/** Names every place of an article whose text holds `part`: file and line, or the entry of the bibliography. */
export function placesOfText({ document, abstract, body, references }: Article, part: string): string[] {
  const { title, subtitle = "" } = document.frontmatter;
  const places = [
    ...(title.includes(part) || subtitle.includes(part) ? ["article.md: title"] : []),
    ...abstract.flatMap((node) => placesIn(node, part, "article.md: abstract")),
    ...body.flatMap((node) => placesIn(node, part, "article.md")),
    ...references.flatMap(({ label, text }) =>
      text.flatMap((node) => placesIn(node, part, `references.bib: ${label}`)),
    ),
  ];
  return [...new Set(places)];
}

/** What the build itself made, as a value or a notebook's table, stands where the text asks for it. */
function placesIn(node: Node, part: string, around: string): string[] {
  const place = node.position === undefined ? around : placeOf(node);
  const texts = "value" in node ? [node.value] : node.type === "reading" ? node.texts : [];
  if (texts.some((text) => text.includes(part))) return [place];
  return childrenOf(node).flatMap((child) => placesIn(child, part, place));
}

import { childrenOf, type FootnoteDefinition, type Node } from "../ast.ts";
import type { Article } from "../embed-evidence.ts";
import { plainText } from "../plain-text.ts";
import { type Handlers, render } from "../render.ts";
import { blockTypst } from "./block-typst.ts";
import { typstString } from "./escape-typst.ts";
import { figureTypst } from "./figure-typst.ts";
import { inlineTypst } from "./inline-typst.ts";
import type { TypstContext } from "./typst-context.ts";

const HANDLERS: Handlers<TypstContext> = { ...inlineTypst, ...blockTypst, ...figureTypst };

/** A Typst document: its source, and the images that it names. */
export interface TypstDocument {
  readonly source: string;
  /** SVG by path. */
  readonly images: ReadonlyMap<string, string>;
}

/**
 * Writes the article as a Typst document that is set by the template's `journal.typ`.
 *
 * @param beyondPage exhibits that fit on no page, by kind and number: they go into the appendix, where they may be torn
 */
export function writeTypst(article: Article, beyondPage: ReadonlySet<string>): TypstDocument {
  const images = new Map<string, string>();
  const appendix: string[] = [];
  const context: TypstContext = {
    write: (nodes) => render(HANDLERS, nodes, context),
    editions: article.editions.map(({ name }) => name),
    referenceNumbers: new Map(article.references.map(({ label }, index) => [label, index + 1])),
    footnotes: new Map(article.body.flatMap(footnotesIn).map((note) => [note.identifier, note])),
    footnotesSet: new Set(),
    beyondPage,
    appendix,
    images,
  };
  const { title, subtitle, authors = [], date, license } = article.document.frontmatter;
  const rights = license?.content;
  const source = `#import "journal.typ": *
#show: article.with(
  title: ${typstString(title)},
  subtitle: ${typstString(subtitle ?? "")},
  authors: (${authors.map(({ name }) => `${typstString(name)},`).join(" ")}),
  date: datetime(${datetime(date)}),
  license: ${rights === undefined ? "none" : `(name: ${typstString(rights.name)}, url: ${typstString(rights.url)})`},
  description: ${typstString(plainText(article.abstract))},
  editions: (${article.editions.map(({ name, description }) => `(${typstString(name)}, ${typstString(description)}),`).join(" ")}),
  abstract: [${context.write(article.abstract).trim()}],
)

${sectionsOf(article.body)
  .map((section) => `${hasList(section) ? "#place.flush()\n\n" : ""}${context.write(section)}`)
  .join("")}
${references(article, context)}${appendix.length === 0 ? "" : `#appendix[\n${appendix.join("")}]\n`}`;
  return { source, images };
}

function sectionsOf(body: readonly Node[]): Node[][] {
  const sections: Node[][] = [[]];
  for (const node of body.flatMap((each) => (each.type === "block" ? childrenOf(each) : [each]))) {
    if (node.type === "heading" && node.depth === 2) sections.push([]);
    sections.at(-1)?.push(node);
  }
  return sections;
}

/** A figure that waited for a page would tear a list, which tagged PDF forbids: such sections begin after the figures. */
function hasList(section: readonly Node[]): boolean {
  return section.some((node) => /^(list|definitionList)$/.test(node.type) || hasList(childrenOf(node)));
}

function footnotesIn(node: Node): FootnoteDefinition[] {
  return node.type === "footnoteDefinition" ? [node] : childrenOf(node).flatMap(footnotesIn);
}

function datetime(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  return `year: ${year}, month: ${month}, day: ${day}`;
}

function references(article: Article, { write }: TypstContext): string {
  const items = article.references.map(
    ({ label, text }) => `  [#metadata(none)#label(${typstString(`ref-${label}`)})${write(text)}],\n`,
  );
  return `#references(\n${items.join("")})\n`;
}

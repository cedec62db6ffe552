import { expect, test } from "vitest";
import type { Inline } from "../../../src/publish/article/ast.ts";
import type { HtmlContext } from "../../../src/publish/article/html/html-context.ts";
import { inlineHtml } from "../../../src/publish/article/html/inline-html.ts";
import { numberReferences } from "../../../src/publish/article/number-references.ts";
import { inlineTypst } from "../../../src/publish/article/typst/inline-typst.ts";
import type { TypstContext } from "../../../src/publish/article/typst/typst-context.ts";

const write = () => "";
const nothing = { write, referenceNumbers: new Map(), editions: [] };
const html: HtmlContext = {
  ...nothing,
  exhibits: new Map(),
  origins: new Map(),
  hrefOf: String,
  raise: 0,
  ledger: write,
  footnotes: [],
};
const typst: TypstContext = {
  ...nothing,
  footnotes: new Map(),
  footnotesSet: new Set(),
  beyondPage: new Set(),
  appendix: [],
  images: new Map(),
};
const link: Extract<Inline, { type: "link" }> = { type: "link", url: "javascript:a", children: [] };
const refused = 'link must lead to http, https, mailto or a place beside the page; got "javascript:a"';

// MyST lets no such link through; its next version may.
test("a link that would run something comes neither into the page nor into the PDF", () => {
  expect(() => inlineHtml.link(link, html)).toThrow(`article.md: ${refused}`);
  expect(() => inlineTypst.link(link, typst)).toThrow(`article.md: ${refused}`);
});

test("a reference with such a link is named", () => {
  const cite = { type: "cite", label: "hostile", kind: "parenthetical", children: [] } as const;
  const data = { hostile: { html: 'A. <a href="javascript:a">B</a>.' } };
  const document = {
    frontmatter: { title: "A", date: "2026-01-01" },
    mdast: cite,
    references: { cite: { order: ["hostile"], data } },
  };
  expect(() => numberReferences([cite], document)).toThrow(`references.bib: hostile: ${refused}`);
});

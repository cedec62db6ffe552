import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { compilePdf } from "../../../src/publish/article/typst/compile-pdf.ts";

const template = join(projectRoot, "article", "template");

test.each([
  ["an emoji", "🚀", "U+1F680"],
  ["an emoji of several characters", "👩\u{200d}🔬", "U+1F469"],
])("%s is told with its place and its number, not in the typesetter's words", (_, sign, point) => {
  const source = `#set document(title: "T")\n#set text(lang: "en", font: "Source Serif 4")\nLaunch ${sign} now`;
  const compile = () =>
    compilePdf({ source, images: new Map() }, template, "2026-01-02", () => ["sections/x.md:7"]);
  expect(compile).toThrow(
    /^sections\/x\.md:7: text must be of characters that the PDF's fonts have; Source Serif 4 lacks "/,
  );
  expect(compile).toThrow(point);
  expect(compile).not.toThrow(/SourceDiagnostic|EcoVec/);
});

test("a table of more rows than a page has room for is refused by its number", () => {
  const table = (number: string, rows: number) =>
    `#exhibit(kind: "table", number: "${number}", caption: [C])[#table(..range(${rows}).map(i => [#i]))]\n`;
  const source = `#import "journal.typ": *
#show: article.with(title: "T", authors: ("A",), date: datetime(year: 2026, month: 1, day: 2), description: "D")
${table("7", 20)}${table("8", 90)}`;
  const document = { source, images: new Map() };
  expect(() => compilePdf(document, template, "2026-01-02", () => [])).toThrow(
    "exhibit must fit on a page of the PDF; too long: table 8; show fewer rows",
  );
});

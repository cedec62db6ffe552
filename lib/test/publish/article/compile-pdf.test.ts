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
    compilePdf(
      () => ({ source, images: new Map() }),
      template,
      "2026-01-02",
      () => ["sections/x.md:7"],
    );
  expect(compile).toThrow(
    /^sections\/x\.md:7: text must be of characters that the PDF's fonts have; Source Serif 4 lacks "/,
  );
  expect(compile).toThrow(point);
  expect(compile).not.toThrow(/SourceDiagnostic|EcoVec/);
});

/** A document of tables, of which those that fitted on no page stand in the appendix. */
function tables(beyondPage: ReadonlySet<string>) {
  const table = (number: string, rows: number) => {
    const long = beyondPage.has(`table ${number}`);
    const set = `#exhibit(kind: "table", number: "${number}", long: ${long}, caption: [C])[#table(..range(${rows}).map(i => [#i]))]`;
    return long ? `#appendix[${set}]\n` : `${set}\n`;
  };
  const source = `#import "journal.typ": *
#show: article.with(title: "T", authors: ("A",), date: datetime(year: 2026, month: 1, day: 2), description: "D")
${table("7", 20)}${table("8", 90)}`;
  return { source, images: new Map() };
}

test("an exhibit that fits on no page is written anew, as one that may be torn", () => {
  const asked: string[][] = [];
  const write = (beyondPage: ReadonlySet<string>) => {
    asked.push([...beyondPage]);
    return tables(beyondPage);
  };
  expect(
    compilePdf(write, template, "2026-01-02", () => [])
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
  expect(asked).toEqual([[], ["table 8"]]);
});

test("one that may not be torn is refused by its number", () => {
  expect(() =>
    compilePdf(
      () => tables(new Set()),
      template,
      "2026-01-02",
      () => [],
    ),
  ).toThrow("exhibit must fit on a page of the PDF; too long: table 8; show fewer rows");
});

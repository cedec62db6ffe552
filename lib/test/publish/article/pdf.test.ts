import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { createCompiler } from "../../../src/publish/article/typst/compile-pdf.ts";
import { builtFixture } from "./fixture-article.ts";

const template = join(projectRoot, "article", "template");
let pdf = "";

beforeAll(async () => {
  pdf = readFileSync(join(await builtFixture(), "article.pdf"), "latin1");
});

test("the PDF says that it is PDF/UA-1, tagged, in English, titled, and made on the article's day", () => {
  expect(pdf.slice(0, 8)).toBe("%PDF-1.7");
  expect(pdf).toContain("<pdfuaid:part>1</pdfuaid:part>");
  expect(pdf).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/);
  expect(pdf).toContain("/StructTreeRoot");
  expect(pdf).toMatch(/\/Lang\s*\(en\)/);
  expect(pdf).toContain(">Scheduling safety on Node.js worker pools</rdf:li>");
  expect(pdf).toContain("<xmp:CreateDate>2026-11-21T00:00:00Z</xmp:CreateDate>");
});

test("every font is embedded", () => {
  const fonts = [...pdf.matchAll(/\/FontName\s*\/(?:[A-Z]{6}\+)?([\w-]+)/g)].map(([, name]) => name);
  expect(new Set(fonts)).toEqual(new Set(fonts.filter((name) => /Source|Plex|NewCMMath/.test(name ?? ""))));
  expect(fonts.length).toBeGreaterThan(4);
  expect(pdf.match(/\/FontFile[23]/g)).toHaveLength(fonts.length);
});

test("figures carry their description, tables their header cells, formulas their TeX", () => {
  expect(pdf).toContain("/Alt (Three panels, one per executor,");
  expect(pdf).toContain("/S /TH");
  expect(pdf).toContain("/Alt (\\\\bar d = ");
  expect(pdf).toContain("/S /Note");
});

test.each([
  ["a word in code", `#raw("${"x".repeat(100)}")`, `#raw("x x")`],
  ["a plain word", "word".repeat(25), "x x"],
])("in a narrow column %s breaks within it", (_, word, words) => {
  const compiler = createCompiler(template);
  const lines = (text: string) =>
    compiler.query(
      {
        mainFileContent: `#import "journal.typ": breakable
#context [#metadata(measure(breakable[${text}], width: 60pt).height / measure[x].height) <lines>]`,
      },
      { selector: "<lines>", field: "value" },
    )[0];
  expect(lines(words)).toBeLessThan(2);
  expect(lines(word)).toBeGreaterThan(8);
});

test.each([
  ["a paragraph", "Text WORD"],
  ["a heading", "= WORD"],
  ["a list", "- WORD"],
  ["a footnote", "Text#footnote[#metadata(none)<end>WORD]"],
  ["a caption", '#exhibit(kind: "code", number: "1", caption: [WORD])[a]'],
  ["code in a line", '#raw("WORD")'],
  ["a line of code", '#raw("const WORD = 1;", block: true)'],
  ["an address", '#link("https://example.org/WORD")'],
])("a word longer than a column goes on in the next line in %s", (_, text) => {
  const endOf = (word: string) => endOfText(text.replace("WORD", word));
  expect(Math.abs(endOf("x".repeat(300)) - endOf("a"))).toBeGreaterThan(25);
});

test("a word longer than a narrow column of a table goes on in the next line, though it is none for the page's", () => {
  const endOf = (word: string) => endOfText(`#table(columns: (60pt,), [a], [${word}])`);
  expect(endOf("x".repeat(30)) - endOf("a")).toBeGreaterThan(15);
});

/** Where the line after a text begins, in pt from the top of its page. */
function endOfText(text: string): number {
  const [end] = placesOfMarks(`${text}\n\n#[Next]#metadata(none)<end>`, "<end>");
  if (end === undefined) throw new Error("text has no end");
  return end.y;
}

test("a table with more rows than a page goes on overleaf, none of them beyond the paper's edge", () => {
  const rows = placesOfMarks(
    `#appendix[#exhibit(kind: "table", number: "1", wide: true, long: true, caption: [C])[
  #table(columns: 2, table.header([a], [b]), ..range(200).map(i => ([#i], [#metadata(i) <row>])).flatten())
]]`,
    "<row>",
  );
  expect(rows).toHaveLength(200);
  expect(Math.max(...rows.map(({ page }) => page))).toBeGreaterThan(2);
  expect(Math.max(...rows.map(({ y }) => y))).toBeLessThan(790);
});

/** A listing of 60 lines, each of which bears a mark, as its caption does. */
const listing = `#show raw.line: it => [#it#metadata(none)<line>]
#exhibit(kind: "code", number: "1", caption: [#metadata(none)<caption>Code])[
  #raw(block: true, range(60).map(str).join("\\n"))
]`;

test("a listing that is longer than what a figure leaves of the column goes on in the next one, and over nothing", () => {
  const text = `#exhibit(number: "1", wide: true, caption: [C], rect(height: 300pt))\n${listing}`;
  const lines = placesOfMarks(text, "<line>");
  expect(lines).toHaveLength(60);
  expect(new Set(lines.map(({ x }) => x > 300))).toEqual(new Set([false, true]));
  expect(Math.min(...lines.map(({ y }) => y))).toBeGreaterThan(400);
  expect(Math.max(...lines.map(({ y }) => y))).toBeLessThan(790);
});

test("a listing's caption stands over its first line, in the next column if that one does not fit", () => {
  const text = `#rect(height: 590pt)\n${listing}`;
  const [caption] = placesOfMarks(text, "<caption>");
  const [line] = placesOfMarks(text, "<line>");
  if (caption === undefined || line === undefined) throw new Error("listing has no caption or no line");
  expect(line.x).toBeGreaterThan(300);
  expect(caption.x).toBeGreaterThan(300);
  expect(line.y - caption.y).toBeGreaterThan(0);
});

interface Place {
  readonly page: number;
  /** From the left and from the top of the page, in pt. */
  readonly x: number;
  readonly y: number;
}

/** Where marks stand that bear a label, in an article with this text. */
function placesOfMarks(text: string, label: string): readonly Place[] {
  return createCompiler(template).query(
    {
      mainFileContent: `#import "journal.typ": *
#show: article.with(title: "A", authors: ("B",), date: datetime(year: 2026, month: 1, day: 1))
${text}

#context [#metadata(query(${label}).map(it => it.location()).map(it => (
  page: it.page(), x: it.position().x / 1pt, y: it.position().y / 1pt,
))) <places>]`,
    },
    { selector: "<places>", field: "value" },
  )[0];
}

import { expect, test } from "vitest";
import type { Node } from "../../../src/publish/article/ast.ts";
import { findBareGivens, findTypedNumbers } from "../../../src/publish/article/find-typed-numbers.ts";

const given = ["4 workers", "50 ms", "with 50", "10 sleeps of 10 ms"];

test.each([
  "no digits at all",
  "p99 and p50 on a c6i.xlarge, in UTF-8",
  "4 workers, each held for 50 ms",
  "4\u00a0workers",
  "10 sleeps\nof 10 ms",
  "p99.9 on a c6i.4xlarge with x64, as SHA-256 and CC-BY-4.0 say",
  "held (50 ms), 50 ms: and 50 ms / 4 workers",
])("lets %j pass", (text) => {
  expect(findTypedNumbers(paragraph({ type: "text", value: text }), given)).toEqual([]);
});

test("shows the number where it stands, not where its digits come first", () => {
  const text = "p99 is what it is, and so it was before; of all lines 99 came in time";
  expect(findTypedNumbers(paragraph({ type: "text", value: text }), given)).toEqual([
    expect.stringContaining('of all lines 99 came in time"'),
  ]);
});

test.each([
  ["a step of 107.", "107"],
  ["150 ms", "150"],
  ["14 workers", "14"],
  ["at 1,234.5 requests", "1,234.5"],
  ["for 37 % of them", "37 %"],
  ["fell by −3 ms", "−3"],
  ["for 0.5 ms", "0.5"],
  ["with 50.3 of them", "50.3"],
  ["with 50,300 of them", "50,300"],
  ["with 50 % of them", "50 %"],
  ["for 1,50 ms", "1,50"],
  ["fell by −50 ms", "−50"],
  ["fell by -50 ms", "-50"],
  ["a sub-2 ms delay", "2"],
  ["a near-94 % rate", "94 %"],
  ["fell by .5 %", ".5 %"],
  ["rose to ...50.3 %", ".50.3 %"],
  ["rose up to-50.3", "50.3"],
  ["in No.107", "107"],
  ["by Δ107", "107"],
  ["grew x50.3", "50.3"],
  ["grew in c50.3 %", "50.3 %"],
  ["for ~50 ms", "50"],
  ["for > 50 ms", "50"],
  ["for ≈ 50 ms", "50"],
  ["for ±50 ms", "50"],
  ["for –50 ms", "50"],
  ["for (−50 ms)", "−50"],
  ["for (-50 ms)", "-50"],
  ["a sub-50 ms delay", "50"],
  ["with 50 thousand", "50"],
  ["with 50 million", "50"],
  ["with 50 billion", "50"],
  ["with 50k", "50"],
  ["with 50 k", "50"],
  ["with 50 times more", "50"],
  ["with 50-fold growth", "50"],
  ["with 50_000", "50_000"],
  ["with 50'000", "50'000"],
  ["with 50/3", "50/3"],
  ["with 50 per cent", "50"],
  ["rose to ５０.3 %", "50.3 %"],
  ["rose to ٥٠ %", "٥٠ %"],
  ["½ of them", "1⁄2"],
  ["₅₀ %", "50 %"],
  ["⑩ times", "10"],
  ["𝟓𝟎 %", "50 %"],
  ["50 ms²", "50"],
])("finds the number in %j", (text, number) => {
  const [message, ...more] = findTypedNumbers(paragraph({ type: "text", value: text }), given);
  expect(message).toMatch(/^article\.md:7: number .* take it from a notebook with \{val\}/);
  expect(message).toContain(`number ${number} is typed by hand`);
  expect(more).toEqual([]);
});

test("a phrase before a group of digits is the start of another number", () => {
  expect(findTypedNumbers(paragraph({ type: "text", value: "with 50 000" }), given)).toHaveLength(2);
});

test.each<[string, ...Node[]]>([
  ["a value's own decimals", { type: "measured", path: "a.b", format: "" }, { type: "text", value: ".3 %" }],
  ["a formula", { type: "inlineMath", value: "K = 50.3\\,\\%" }],
  ["a formula with a unit", { type: "inlineMath", value: "50.3~\\mathrm{ms}" }],
  ["code", { type: "inlineCode", value: "50.3 %" }],
  ["code before a unit", { type: "inlineCode", value: "50.3" }, { type: "text", value: " ms" }],
  ["a link", { type: "link", url: "#a", children: [{ type: "text", value: "50.3 %" }] }],
  [
    "a reference's own words",
    { type: "crossReference", enumerator: "50", children: [{ type: "text", value: "50.3 %" }] },
  ],
])("finds the number in %s", (_, ...nodes) => {
  expect(findTypedNumbers(paragraph({ type: "text", value: "rose to " }, ...nodes), given)).toEqual([
    expect.stringMatching(/number (?:50)?\.3(?: %)? is typed by hand/),
  ]);
});

test("finds the number in a displayed formula and in a figure's alternative text", () => {
  const plot = { edition: 0, svg: "", json: "", width: 1, height: 1, alt: "It rose to 50.3 %." };
  const root: Node = {
    type: "root",
    children: [
      { type: "math", value: "50.3\\,\\%" },
      { type: "plot", id: "a", ...plot },
    ],
  };
  expect(findTypedNumbers(root, given)).toHaveLength(2);
});

test("headings, captions and cells are judged as prose is; a cell's number is of what its column is headed", () => {
  const text = (value: string): Node => ({ type: "text", value });
  const row = (...cells: string[]): Node => ({
    type: "tableRow",
    children: cells.map((cell) => ({ type: "tableCell", children: [text(cell)] })),
  });
  const root: Node = {
    type: "root",
    children: [
      { type: "heading", depth: 2, children: [text("The 41 steps")] },
      {
        type: "container",
        kind: "table",
        children: [
          { type: "caption", children: [{ type: "paragraph", children: [text("All 42")] }] },
          { type: "table", children: [row("workers", "share of 43"), row("4", "4")] },
        ],
      },
    ],
  };
  const found = findTypedNumbers(root, given).map((message) => /number (\d+)/.exec(message)?.[1]);
  expect(found).toEqual(["41", "42", "43", "4"]);
});

test("a phrase that is a number alone is refused", () => {
  for (const bare of ["(50)", "−50", "≈ 50", "50×", "50/", "٥٠", ""])
    expect(findBareGivens([bare])).toHaveLength(1);
  expect(findBareGivens(["50", "1,000.5", "50 ms", "at 50", "50 %"])).toEqual([
    'article.md: a phrase of options.givens must say what its number is of, as "50 ms" does; got "50"',
    'article.md: a phrase of options.givens must say what its number is of, as "50 ms" does; got "1,000.5"',
  ]);
});

test("sees through mark-up, but not into code, formulas, citations, cross-references and values", () => {
  const root = paragraph(
    { type: "text", value: "on " },
    { type: "strong", children: [{ type: "text", value: "4" }] },
    { type: "text", value: " workers, " },
    { type: "emphasis", children: [{ type: "text", value: "42" }] },
    { type: "inlineCode", value: "sleep(43)" },
    { type: "inlineMath", value: "44" },
    { type: "inlineCode", value: "maxThreads: 1" },
    { type: "crossReference", enumerator: "45", children: [{ type: "text", value: "Figure 45" }] },
    { type: "cite", label: "a", kind: "narrative", children: [{ type: "text", value: "A (1946)" }] },
    { type: "measured", path: "a.b", format: "" },
  );
  expect(findTypedNumbers(root, given)).toEqual([expect.stringContaining("number 42 is typed by hand")]);
});

function paragraph(...children: Node[]): Node {
  return { type: "root", children: [{ type: "paragraph", children, position: { start: { line: 7 } } }] };
}

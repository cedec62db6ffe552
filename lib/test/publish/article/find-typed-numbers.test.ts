import { expect, test } from "vitest";
import type { Node } from "../../../src/publish/article/ast.ts";
import { findTypedNumbers } from "../../../src/publish/article/find-typed-numbers.ts";

const given = ["4 workers", "50 ms", "10 sleeps of 10 ms"];

test.each([
  "no digits at all",
  "p99 and p50 on a c6i.xlarge, in UTF-8",
  "4 workers, each held for 50 ms",
  "4\u00a0workers",
  "10 sleeps\nof 10 ms",
])("lets %j pass", (text) => {
  expect(findTypedNumbers(paragraph({ type: "text", value: text }), given)).toEqual([]);
});

test.each([
  ["a step of 107.", "107"],
  ["150 ms", "150"],
  ["14 workers", "14"],
  ["at 1,234.5 requests", "1,234.5"],
  ["for 37 % of them", "37 %"],
  ["fell by −3 ms", "−3"],
  ["for 0.5 ms", "0.5"],
])("finds the number in %j", (text, number) => {
  const [message, ...more] = findTypedNumbers(paragraph({ type: "text", value: text }), given);
  expect(message).toMatch(/^article\.md:7: number .* take it from a notebook with \{val\}/);
  expect(message).toContain(`number ${number} is typed by hand`);
  expect(more).toEqual([]);
});

test("sees through mark-up, but not into code, formulas, citations, cross-references and values", () => {
  const root = paragraph(
    { type: "text", value: "on " },
    { type: "strong", children: [{ type: "text", value: "4" }] },
    { type: "text", value: " workers, " },
    { type: "emphasis", children: [{ type: "text", value: "42" }] },
    { type: "inlineCode", value: "sleep(43)" },
    { type: "inlineMath", value: "44" },
    { type: "crossReference", children: [{ type: "text", value: "Figure 45" }] },
    { type: "cite", label: "a", kind: "narrative", children: [{ type: "text", value: "A (1946)" }] },
    { type: "measured", path: "a.b", format: "" },
  );
  expect(findTypedNumbers(root, given)).toEqual([expect.stringContaining("number 42 is typed by hand")]);
});

function paragraph(...children: Node[]): Node {
  return { type: "root", children: [{ type: "paragraph", children, position: { start: { line: 7 } } }] };
}

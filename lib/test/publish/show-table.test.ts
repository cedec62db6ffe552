import { table } from "arquero";
import { expect, test } from "vitest";
import { tableBundle } from "../../src/publish/show-table.ts";

const waits = Object.freeze({ executor: ["run-queue", "<b>"], p99: [1.2345, null], n: [12345, -0.0001] });
const columns = Object.freeze({
  executor: { title: "Executor" },
  p99: { title: "p99", unit: "ms", digits: 2 },
  n: { digits: 0 },
});

test("a table reads in plain text: headings with units, numbers to the right, a dash for what is missing", () => {
  expect(tableBundle(waits, { caption: "Waits", columns }).data["text/plain"]).toBe(
    [
      "Waits",
      "Executor   p99 (ms)       n",
      "─────────  ────────  ──────",
      "run-queue      1.23  12,345",
      "<b>               –       0",
    ].join("\n"),
  );
});

test("a table is HTML with caption and column headers, escaped", () => {
  expect(tableBundle(table(waits), { caption: "p99 < 5", columns: { executor: {} } }).data["text/html"]).toBe(
    [
      "<table>",
      "<caption>p99 &lt; 5</caption>",
      '<thead><tr><th scope="col" style="text-align:left">executor</th></tr></thead>',
      "<tbody>",
      '<tr><td style="text-align:left">run-queue</td></tr>',
      '<tr><td style="text-align:left">&lt;b&gt;</td></tr>',
      "</tbody>",
      "</table>",
    ].join("\n"),
  );
});

test("fractions without digits, and unknown columns, are refused", () => {
  expect(() => tableBundle(waits)).toThrow(
    "column p99 has fractions (1.2345); give it digits: columns: { p99: { digits: 2 } }",
  );
  expect(() => tableBundle(waits, { columns: { p95: {} } })).toThrow(
    "column must be one of executor, p99, n; got p95",
  );
});

import { expect, test } from "vitest";
import { parseFragment } from "../../../src/publish/article/parse-fragment.ts";

test("reads a table with its header, alignments, spans and entities", () => {
  const html = `<table>
<caption>left out</caption>
<thead><tr><th scope="col" style="text-align:left">a &amp; b</th><th style="text-align: right" colspan="2">p99 (&#181;s)</th></tr></thead>
<tbody><tr><td><code>x &lt; 1</code></td><td align="right">1<br>2</td></tr></tbody>
</table>`;
  expect(parseFragment(html, "test")).toEqual([
    {
      type: "table",
      children: [
        {
          type: "tableRow",
          children: [
            { type: "tableCell", header: true, align: "left", children: [{ type: "text", value: "a & b" }] },
            {
              type: "tableCell",
              header: true,
              align: "right",
              colspan: 2,
              children: [{ type: "text", value: "p99 (µs)" }],
            },
          ],
        },
        {
          type: "tableRow",
          children: [
            { type: "tableCell", children: [{ type: "inlineCode", value: "x < 1" }] },
            {
              type: "tableCell",
              align: "right",
              children: [{ type: "text", value: "1" }, { type: "break" }, { type: "text", value: "2" }],
            },
          ],
        },
      ],
    },
  ]);
});

test("reads a reference, whose ampersands need not be escaped", () => {
  const html =
    'Dean, J., & Barroso, L. (2013). <i>CACM</i>. <a target="_blank" href="https://doi.org/1">1</a>';
  expect(parseFragment(html, "test")).toEqual([
    { type: "text", value: "Dean, J., & Barroso, L. (2013). " },
    { type: "emphasis", children: [{ type: "text", value: "CACM" }] },
    { type: "text", value: ". " },
    { type: "link", url: "https://doi.org/1", children: [{ type: "text", value: "1" }] },
  ]);
});

test.each([
  ["<table><tr></table>", "nb: HTML must be well-formed; got </table> inside <tr>"],
  ["<b>bold", "nb: HTML must be well-formed; <b> stays open"],
  ["<script>alert(1)</script>", "nb: HTML element must be a table or plain text mark-up; got <script>"],
  ['<a href="javascript:window.hit=1">x</a>', "nb: link must lead to http, https, mailto or a place beside"],
  ['<a href=" JavaScript:window.hit=1">x</a>', "nb: link must lead to"],
  ['<a href="java\nscript:window.hit=1">x</a>', "nb: link must lead to"],
  ['<a href="javascript://x/%0Awindow.hit=1">x</a>', "nb: link must lead to"],
  ['<a href="data:text/html,x">x</a>', "nb: link must lead to"],
  ['<a href="file:///etc/passwd">x</a>', "nb: link must lead to"],
  ['<a href="/etc/passwd">x</a>', "nb: link must lead to"],
  ['<a href="../../../etc/passwd">x</a>', "nb: link must lead to"],
  ['<a href="figs/%2e%2e/%2E./etc/passwd">x</a>', "nb: link must lead to"],
  ['<a href="//host/x">x</a>', "nb: link must lead to"],
  ['<a href="\\\\host\\share">x</a>', "nb: link must lead to"],
  ['<a href="https:\\\\host">x</a>', "nb: link must lead to"],
  ['<a href="">x</a>', 'nb: link must lead to http, https, mailto or a place beside the page; got ""'],
  ["<img src='x' onerror='window.hit=1'>", "nb: HTML must be well-formed; got \"<img src='x'"],
  ["<b>".repeat(50_000), "nb: HTML must nest at most 100 elements; got more"],
  ['<td colspan="1000000000">x</td>', "nb: colspan of a table cell must be a whole number from 1 to 999"],
  ['<td colspan="2.5">x</td>', 'nb: colspan of a table cell must be a whole number from 1 to 999; got "2.5"'],
  ['<td rowspan="0">x</td>', "nb: rowspan of a table cell must be a whole number from 1 to 999"],
  ['<td rowspan="1e9">x</td>', "nb: rowspan of a table cell must be a whole number from 1 to 999"],
  [
    '<table><tr><td colspan="3">x</td></tr><tr><td>y</td><td>z</td></tr></table>',
    "nb: colspan of a table cell must be at most 2, as the table has no more; got 3",
  ],
  [
    '<table><tr><td>x</td><td rowspan="2">y</td></tr></table>',
    "nb: rowspan of a table cell must be at most 1, as the table has no more; got 2",
  ],
  ["a < b", 'nb: HTML must be well-formed; got "< b"'],
  ["a <", 'nb: HTML must be well-formed; got "<"'],
])("refuses %s", (html, message) => {
  expect(() => parseFragment(html, "nb")).toThrow(message);
});

test.each([
  "https://example.org/a?b=c#d",
  "http://example.org",
  "mailto:a@example.org",
  "notes.html",
  "figs/a b.csv",
  "#x",
])("a link to %s stays as it is", (url) => {
  expect(parseFragment(`<a href="${url}">x</a>`, "nb")).toMatchObject([{ type: "link", url }]);
});

test("what looks like an entity and is none stays text", () => {
  const html = "&constructor; &#1114112; &#0; &#xD800; &#x41;";
  expect(parseFragment(html, "nb")).toEqual([
    { type: "text", value: "&constructor; &#1114112; &#0; \ufffd A" },
  ]);
});

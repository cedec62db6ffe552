import { expect, test } from "vitest";
import { findRawHtml } from "../../../src/publish/article/find-raw-html.ts";

test.each([
  ["a paragraph", "One line,\ntwo <script>x</script> lines.", ["<script>", "</script>"], 2],
  ["a block of its own", "Text.\n\n<script>\nwindow.hit=1\n</script>", ["<script>"], 3],
  ["a table's cell", "| a |\n|---|\n| <b>x</b> |", ["<b>", "</b>"], 3],
  ["a list, a quotation, a heading", "- x\n\n> # <i>", ["<i>"], 3],
  ["a directive of colons", ":::{note}\n\n<div>\n:::", ["<div>"], 3],
  ["a directive of backticks", "```{note} Title\nText\n<img src=x>\n```", ["<img src=x>"], 3],
  ["a directive in a directive", "````{note}\n```{tip}\n<br>\n```\n````", ["<br>"], 3],
])("finds HTML in %s, with its line", (_, text, pieces, line) => {
  const found = findRawHtml(text, "sections/x.md");
  expect(found).toHaveLength(pieces.length);
  for (const [i, piece] of pieces.entries()) {
    expect(found[i]).toContain(
      `sections/x.md:${line}: text must be Markdown, without HTML; got ${piece}; write it`,
    );
  }
});

test.each([
  "`<script>` in code",
  "```html\n<script>\n```",
  "```{code-block} html\n<script>\n```",
  "```{math}\na <b> c\n```",
  "<!-- a comment -->",
  "a < b and c > d, 1 <2",
  "<https://example.org/>",
  "&lt;script&gt;",
])("lets %j pass", (text) => {
  expect(findRawHtml(text, "x.md")).toEqual([]);
});

import { expect, test } from "vitest";
import { findForeignMarkup } from "../../../src/publish/article/find-foreign-markup.ts";

test.each([
  ["a paragraph", "One line,\ntwo <script>x</script> lines.", ["<script>", "</script>"], 2],
  ["a block of its own", "Text.\n\n<script>\nwindow.hit=1\n</script>", ["<script>"], 3],
  ["a table's cell", "| a |\n|---|\n| <b>x</b> |", ["<b>", "</b>"], 3],
  ["a list, a quotation, a heading", "- x\n\n> # <i>", ["<i>"], 3],
  ["a directive of colons", ":::{note}\n\n<div>\n:::", ["<div>"], 3],
  ["a directive of backticks", "```{note} Title\nText\n<img src=x>\n```", ["<img src=x>"], 3],
  ["a directive in a directive", "````{note}\n```{tip}\n<br>\n```\n````", ["<br>"], 3],
])("finds HTML in %s, with its line", (_, text, pieces, line) => {
  const found = findForeignMarkup(text, "sections/x.md");
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
  ":::{figure} #drawn-by-a-notebook\n:label: fig-a\n\nCaption.\n:::",
  "```{figure} #drawn-by-a-notebook\n```",
  "`![x](y.png)` in code",
])("lets %j pass", (text) => {
  expect(findForeignMarkup(text, "x.md")).toEqual([]);
});

test.each([
  ["of another server", "Text.\n\n![x](https://example.org/x.png)", "![x](https://example.org/x.png)", 3],
  ["of the machine", "a\nb ![](/etc/x.png)", "![](/etc/x.png)", 2],
  ["by reference", "![x][y]\n\n[y]: //example.org/x.png", "![x](//example.org/x.png)", 1],
  [
    "in a figure of colons",
    "a\n\n:::{figure} https://example.org/x.png\n:::",
    ":::{figure} https://example.org/x.png",
    3,
  ],
  ["in a figure of backticks", "```{image} x.png\n```", "{image} x.png", 1],
  ["in a directive", "```{note}\n![x](y.png)\n```", "![x](y.png)", 2],
])("finds an image %s, with its line and what to write", (_, text, image, line) => {
  expect(findForeignMarkup(text, "sections/x.md")).toEqual([
    `sections/x.md:${line}: text must show what a notebook drew, and no other image; got ${image}; embed a figure by its id, as :::{figure} #id does`,
  ]);
});

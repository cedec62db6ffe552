import { describe, expect, test } from "vitest";
import type { HtmlContext } from "../../../src/publish/article/html/html-context.ts";
import { notebookHtml } from "../../../src/publish/article/html/notebook-html.ts";

/** Writes a notebook of one cell of text. */
function page(markdown: string): string {
  const cells = [{ kind: "text", id: "told", markdown }] as const;
  return notebookHtml({ file: "07-blame.ipynb", title: "", cells }, {} as HtmlContext, () => undefined);
}

test("links between files of a clone become links between pages, and others stay", () => {
  const text = page(
    "[a](../article/build/blame.html) [b](08-mutex-convoy.ipynb) [c](00-start-here.ipynb) <https://example.org>",
  );
  expect([...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    "blame.html",
    "notebook-08-mutex-convoy.html",
    "notebooks.html",
    "https://example.org",
  ]);
});

describe("text that leads to no page is refused, with its place", () => {
  const links = [
    "../examples/watched-service",
    "/etc/passwd",
    "//example.org",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
  ];
  test.each(links)("a link to %s", (link) => {
    expect(() => page(`as [told](${link})`)).toThrow(/^07-blame.ipynb, told: link must lead to http/);
  });

  test("an image", () => {
    expect(() => page("![seen](https://example.org/x.png)")).toThrow(
      "07-blame.ipynb, told: image must be a figure that a cell draws; got https://example.org/x.png",
    );
  });
});

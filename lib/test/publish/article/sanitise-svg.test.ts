import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { harmlessSvg } from "../../../src/publish/article/sanitise-svg.ts";

const figures = join(projectRoot, "figures");
const drawings = readdirSync(figures).filter((name) => name.endsWith(".svg"));
const svg = readFileSync(join(figures, "blame-verdicts.svg"), "utf8");
const ending = (markup: string) => svg.replace(/<\/svg>\s*$/, `${markup}$&`);

test.each(drawings)("%s passes, byte for byte", (name) => {
  const drawing = readFileSync(join(figures, name), "utf8");
  expect(harmlessSvg(drawing, name)).toBe(drawing);
});

test("pixels that the file itself holds pass", () => {
  const heatmap = ending('<image height="1" width="1" xlink:href="data:image/png;base64,iVBORw0KGgo="/>');
  expect(harmlessSvg(heatmap, "heatmap.svg")).toBe(heatmap);
});

test.each([
  ["a script", "<script>window.hit=1</script>", "<script>window.hit=1"],
  ["a script of another case", "<SCRIPT>window.hit=1</SCRIPT>", "<SCRIPT>"],
  ["a handler on an image", '<image href="x" onerror="window.hit=1"/>', "<image "],
  ["a handler on a shape", '<g onload="window.hit=1"/>', "<g onload"],
  ["a link", '<a xlink:href="javascript:window.hit=1"><text>x</text></a>', "<a "],
  ["foreign content", "<foreignObject><p>x</p></foreignObject>", "<foreignObject>"],
  ["a use of another file", '<use href="data:image/svg+xml,x#y"/>', "<use "],
  ["an animated attribute", '<set attributeName="onclick" to="window.hit=1"/>', "<set "],
  ["an image from elsewhere", '<image xlink:href="https://example.org/x.png"/>', "<image "],
  ["a style that loads", '<rect style="fill: url(https://example.org/x)"/>', "<rect style"],
  [
    "a style that loads by another function",
    "<rect style=\"fill: image-set('https://example.org/x' 1x)\"/>",
    "<rect style",
  ],
  ["a style that covers the page", '<rect style="position: fixed; width: 100vw"/>', "<rect style"],
  ["a second url in a style", '<rect style="fill: url(#a) url(https://example.org)"/>', "<rect style"],
  ["a paint from elsewhere", '<rect fill="url(https://example.org/x#a)"/>', "<rect fill"],
  ["a paint of the file's own data", '<rect fill="url(data:image/svg+xml,x#a)"/>', "<rect fill"],
  ["a clip from elsewhere", '<rect clip-path="url(https://example.org/x#a)"/>', "<rect clip-path"],
  ["an image beside the page", '<image xlink:href="other.png"/>', "<image "],
  ["an image of the machine", '<image xlink:href="/etc/passwd"/>', "<image "],
  ["a page as an image", '<image xlink:href="data:text/html,x"/>', "<image "],
  ["a drawing as an image", '<image xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>', "<image "],
  ["a pattern of another file", '<pattern xlink:href="other.svg#x"/>', "<pattern "],
  ["elements of another language", '<g xmlns="http://www.w3.org/1999/xhtml"/>', "<g xmlns"],
  ["the class of a live figure", '<g class="plot live explorable"/>', "<g class"],
  ["the id of a part of the page", '<g id="article"/>', "<g id"],
  ["a style that hides what it loads", '<rect style="fill: u\\72l(//example.org)"/>', "<rect style"],
  ["a style sheet", "<style>@import 'https://example.org';</style>", "<style>"],
  ["the mark of a live figure", '<g data-figure="elsewhere"/>', "<g data-figure"],
  ["a comment that HTML ends early", "<!--> <script>window.hit=1</script> -->", "<!-->"],
  ["a section that HTML does not know", "<![CDATA[<script>window.hit=1</script>]]>", "<![CDATA["],
  ["what follows an early end", "</svg><script>window.hit=1</script><svg>", "<script>"],
])("%s is refused, with its file and the place", (_, markup, shown) => {
  const judge = () => harmlessSvg(ending(markup), "figures/x.svg");
  expect(judge).toThrow("figures/x.svg: drawing must hold shapes and text only, as Plotly draws them; got ");
  expect(judge).toThrow(shown);
});

test("a file that is no drawing is refused", () => {
  expect(() => harmlessSvg("<p>x</p>", "x.svg")).toThrow("got <p>x</p>");
  expect(() => harmlessSvg("words", "x.svg")).toThrow("x.svg: drawing must");
  expect(() => harmlessSvg("", "x.svg")).toThrow("x.svg: drawing must");
});

test("a drawing nested deeper than a program can follow is refused at once", () => {
  const deep = ending("<g>".repeat(200_000) + "</g>".repeat(200_000));
  expect(() => harmlessSvg(deep, "x.svg")).toThrow("x.svg: drawing must nest at most 100 elements");
});

/// <reference lib="dom" />
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "puppeteer-core";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, withBrowser } from "../../../src/publish/browser.ts";
import { buildFixture, type FixtureChanges } from "./fixture-article.ts";

afterAll(closeBrowser);

type Files = NonNullable<FixtureChanges["files"]>;
const FIGURE = "reference/figures/request-timeouts-failures";
const TABLES = "reference/notebooks/01-scheduling-delay.ipynb";

/** Puts a mark-up where the drawing ends. */
const intoSvg = (markup: string): Files => ({
  [`${FIGURE}.svg`]: (svg) => svg.replace(/<\/svg>\s*$/, `${markup}$&`),
});
const intoJson = (change: (figure: Figure) => unknown): Files => ({
  [`${FIGURE}.json`]: (json) => JSON.stringify(change(JSON.parse(json))),
});
const intoCell = (markup: string): Files => ({
  [TABLES]: (json) => json.replace(">run-queue</th>", `>${JSON.stringify(markup).slice(1, -1)}</th>`),
});
interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

test.concurrent.each<[string, Files, string]>([
  ["a script in a drawing", intoSvg("<script>window.hit=1</script>"), "got <script>window.hit=1"],
  ["a handler in a drawing", intoSvg('<image href="x" onerror="window.hit=1"/>'), "got <image"],
  ["a handler on a shape", intoSvg('<g onload="window.hit=1"/>'), "got <g onload"],
  ["a link in a drawing", intoSvg('<a xlink:href="javascript:window.hit=1"><text>x</text></a>'), "got <a "],
  ["foreign content", intoSvg("<foreignObject><p>x</p></foreignObject>"), "got <foreignObject>"],
  ["a use of another file", intoSvg('<use href="data:image/svg+xml,x#y"/>'), "got <use"],
  ["an animated attribute", intoSvg('<set attributeName="onclick" to="window.hit=1"/>'), "got <set"],
  ["a style that loads", intoSvg('<rect style="fill: url(https://example.org/x)"/>'), "got <rect style"],
  ["a style sheet in a drawing", intoSvg("<style>@import 'https://example.org';</style>"), "got <style>"],
  ["a comment that HTML ends early", intoSvg("<!--> <script>window.hit=1</script> -->"), "got <!-->"],
  ["a drawing that is none", { [`${FIGURE}.svg`]: () => "<p>x</p>" }, "got <p>x"],
  [
    "a width that is mark-up",
    intoJson(({ layout, ...rest }) => ({
      ...rest,
      layout: { ...layout, width: '1"><script>window.hit=1</script>' },
    })),
    "request-timeouts-failures.json: layout.width must be a number of pixels",
  ],
  ["a figure without words", intoJson((figure) => ({ ...figure, alt: 1 })), "alt must say what the figure"],
  [
    "a figure that is no JSON",
    { [`${FIGURE}.json`]: () => "}" },
    "request-timeouts-failures.json: file must",
  ],
  [
    "a link in a table that runs script",
    intoCell('<a href="javascript:window.hit=1">x</a>'),
    '01-scheduling-delay.ipynb, scheduling-delay-percentiles: link must lead to http, https, mailto or a place beside the page; got "javascript:window.hit=1"',
  ],
  ["the same, spelled otherwise", intoCell('<a href="java&#10;script:window.hit=1">x</a>'), "link must lead"],
  ["a link to data", intoCell('<a href="data:text/html,x">x</a>'), "link must lead to http"],
  ["a script in a table", intoCell("<script>window.hit=1</script>"), "got <script>"],
  ["a handler in a table", intoCell("<img src='x' onerror='window.hit=1'>"), "HTML must be well-formed"],
  [
    "a bibliography whose link runs script",
    { "references.bib": (text) => text.replace("The Tail at Scale", '<a href="javascript:window.hit=1">x</a>') },
    "references.bib: deanBarroso2013: link must lead to http",
  ],
  [
    "an id that leaves its folder",
    { [TABLES]: (json) => json.replaceAll('"scheduling-delay-overhead"', '"../../article"') },
    'id of a figure or table must be letters, digits, - and _; got "../../article"',
  ],
  [
    "a link of the text that runs script",
    { "article.md": (text) => `${text}\n[x](<javascript:window.hit=1>)\n` },
    "article.md",
  ],
])(
  "refuses %s, and says where",
  async (_, files, message) => {
    await expect(buildFixture({ files })).rejects.toThrow(message);
  },
  60_000,
);

const MARKUP = "<img src=x onerror=window.hit=1><script>window.hit=1</script>\"'><svg onload=window.hit=1>";
const LINK = '<a href="javascript:window.hit=1">link</a>';

test("mark-up in titles, labels, hover texts, fonts, values and cells is drawn as text, and runs nothing", async () => {
  const texts = { text: `${LINK}${MARKUP}`, font: { family: MARKUP } };
  const files = {
    ...intoJson(({ data, layout }) => ({
      alt: MARKUP,
      data: data.map((trace) => ({
        ...trace,
        name: MARKUP,
        text: `${LINK}${MARKUP}`,
        mode: "lines+markers+text",
        hovertemplate: `${LINK}${MARKUP}<extra>${MARKUP}</extra>`,
      })),
      layout: {
        ...layout,
        title: texts,
        font: { family: MARKUP },
        annotations: [{ ...texts, x: 10, y: 50, showarrow: false, hovertext: MARKUP, captureevents: true }],
        images: [{ source: "javascript:window.hit=1", x: 0, y: 1, sizex: 1, sizey: 1 }],
      },
    })),
    ...intoCell(MARKUP.replaceAll("<", "&lt;")),
  };
  const values = (json: string) =>
    json.replace('"an example CPU with 2 cores"', JSON.stringify(`${LINK}${MARKUP}`));
  const { output } = await buildFixture({ files, values });
  await visit(output, async (page) => {
    const figure = await bringAlive(page, "request-timeouts-failures");
    await page.mouse.move(0, 0);
    for (const point of await figure.$$(".stage .point, .stage a")) {
      await point.evaluate((element) => element.dispatchEvent(new MouseEvent("click", { bubbles: true })));
      await point.hover().catch(() => undefined);
    }
    expect(await page.$$eval("script:not([src]), img, [onerror], [onload]", (all) => all.length)).toBe(0);
    expect(await page.$$eval("main", ([main]) => main?.textContent)).toContain(
      "<script>window.hit=1</script>",
    );
  });
}, 60_000);

test("what slipped into the page would still not run, nor load: its policy forbids it", async () => {
  const { output } = await buildFixture();
  const slipped = [
    "<script>window.hit=1</script>",
    '<img src="x" onerror="window.hit=1">',
    '<a id="slipped" href="javascript:window.hit=1">x</a>',
    '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
    '<svg onload="window.hit=1"><script>window.hit=1</script></svg>',
    '<object data="data:text/html,<script>parent.hit=1</script>"></object>',
    '<form id="form" action="https://example.org/"></form>',
    '<img src="https://example.org/pixel.png">',
    '<script src="https://example.org/x.js"></script>',
    '<base href="https://example.org/">',
    '<link rel="stylesheet" href="https://example.org/x.css">',
  ];
  const file = join(output, "index.html");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace('<main id="article">', (main) => main + slipped.join("\n")),
  );
  await visit(
    output,
    async (page) => {
      await page.$eval("#slipped", (link) => (link as HTMLElement).click());
      await page.$eval("#form", (form) => (form as HTMLFormElement).submit());
      await bringAlive(page, "request-timeouts-failures");
    },
    { expectRefusals: true },
  );
}, 60_000);

interface VisitOptions {
  readonly expectRefusals?: boolean;
}

/** Opens a page as a file; fails if anything in it ran, or asked the network. */
async function visit(
  output: string,
  look: (page: Page) => Promise<void>,
  { expectRefusals = false }: VisitOptions = {},
): Promise<void> {
  await withBrowser(async (browser) => {
    const page = await browser.newPage();
    const answered: string[] = [];
    const refusals: string[] = [];
    page.on("response", (response) => {
      if (!/^(?:file|data|blob):/.test(response.url())) answered.push(response.url());
    });
    page.on("console", (message) => refusals.push(message.text()));
    page.on("pageerror", (error) => refusals.push(String(error)));
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(pathToFileURL(join(output, "index.html")).href, { waitUntil: "load" });
    await look(page);
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(answered).toEqual([]);
    if (expectRefusals) expect(refusals.join("\n")).toContain("Content Security Policy");
    else expect(refusals).toEqual([]);
    await page.close();
  });
}

async function bringAlive(page: Page, id: string) {
  const figure = await page.waitForSelector(`[data-figure="${id}"]`);
  if (figure === null) throw new Error(`figure must be on the page: ${id}`);
  await figure.scrollIntoView();
  await page.waitForFunction((plot) => plot.classList.contains("live"), { timeout: 20_000 }, figure);
  return figure;
}

/// <reference lib="dom" />
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "puppeteer-core";
import { afterAll, expect, test } from "vitest";
import { withBrowser } from "../../../src/publish/browser.ts";
import { patientPage } from "../patient-page.ts";
import { buildFixture, type FixtureChanges, removeBuilt } from "./fixture-article.ts";

afterAll(removeBuilt);

type Files = NonNullable<FixtureChanges["files"]>;
const FIGURE = "reference/figures/request-timeouts-failures";
const TABLES = "reference/notebooks/01-scheduling-delay.ipynb";

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
  const told = await visit(output, async (page) => {
    const figure = await bringAlive(page, "request-timeouts-failures");
    for (const link of await figure.$$(".stage a")) {
      await link.evaluate((element) => element.dispatchEvent(new MouseEvent("click", { bubbles: true })));
    }
    const box = await (await figure.$(".stage .nsewdrag"))?.boundingBox();
    if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    await page.waitForSelector(".stage .hovertext");
    expect(
      await page.$$eval(
        'script:not([src]):not([type="application/ld+json"]), img, [onerror], [onload]',
        (all) => all.length,
      ),
    ).toBe(0);
    const text = await page.$eval("main", ({ textContent }) => textContent);
    expect(text).toContain(LINK + MARKUP);
  });
  // Plotly takes the source of a picture as it comes; the page's policy does not.
  expect(told).toEqual([expect.stringMatching(/javascript:window\.hit=1.*img-src 'self'/)]);
});

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
  const told = await visit(output, async (page) => {
    await page.$eval("#slipped", (link) => (link as HTMLElement).click());
    await page.$eval("#form", (form) => (form as HTMLFormElement).submit());
    await bringAlive(page, "request-timeouts-failures");
  });
  const broken = ["script-src", "object", "form-action", "img-src", "base-uri", "style-src"].filter(
    (rule) => !told.some((message) => message.includes(rule)),
  );
  expect(broken).toEqual([]);
});

/** Opens a page as a file; fails if anything hostile in it ran, or the network was asked. Returns what the console tells. */
async function visit(output: string, look: (page: Page) => Promise<void>): Promise<string[]> {
  return withBrowser(async (browser) => {
    const page = await patientPage(browser);
    const told: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => told.push(message.text()));
    page.on("pageerror", (error) => told.push(String(error)));
    page.on("requestfinished", (request) => asked.push(request.url()));
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(pathToFileURL(join(output, "index.html")).href, { waitUntil: "load" });
    await look(page);
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(asked.filter((url) => !/^(?:file|data|blob|about):/.test(url))).toEqual([]);
    await page.close();
    return told;
  });
}

async function bringAlive(page: Page, id: string) {
  const figure = await page.waitForSelector(`[data-figure="${id}"]`);
  if (figure === null) throw new Error(`figure must be on the page: ${id}`);
  await figure.scrollIntoView();
  await page.waitForFunction((plot) => plot.classList.contains("live"), {}, figure);
  return figure;
}

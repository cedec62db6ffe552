/// <reference lib="dom" />
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "puppeteer-core";
import { beforeAll, expect, test } from "vitest";
import { withBrowser } from "../../../src/publish/browser.ts";
import { patientPage } from "../patient-page.ts";
import { builtFixture, secondPage } from "./fixture-article.ts";

let output = "";

beforeAll(async () => {
  output = await builtFixture(secondPage);
});

function visit(file: string, look: (page: Page) => Promise<void>) {
  return withBrowser(async (browser) => {
    const page = await patientPage(browser);
    const problems: string[] = [];
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("request", (request) => {
      if (!/^(?:data|blob|file):/.test(request.url())) problems.push(`request: ${request.url()}`);
    });
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(pathToFileURL(join(output, file)).href, { waitUntil: "load" });
    await look(page);
    await page.close();
    expect(problems).toEqual([]);
  });
}

const textOf = (page: Page, selector: string) =>
  page.$$eval(selector, (all) => all.map(({ textContent }) => textContent?.trim()));

test("each section file is a page of its own, with one heading of first rank, its references, and its place in the contents", async () => {
  await visit("second.html", async (page) => {
    expect(await textOf(page, "h1")).toEqual(["6 A study of its own"]);
    expect(await textOf(page, "main h2")).toEqual(["6.1 What a nightingale finds", "References"]);
    expect(await textOf(page, '[aria-current="page"]')).toEqual(["6 A study of its own"]);
    expect(await page.$$eval(".references li", (all) => all.map(({ id }) => id))).toEqual(["ref-nodeDocs"]);
    expect(await textOf(page, '.neighbours [rel="prev"]')).toEqual([
      "Scheduling safety on Node.js worker pools",
    ]);
  });
});

test("every link within the site leads to a page that is there, and to an anchor on it", async () => {
  const pages = readdirSync(output).filter((name) => name.endsWith(".html"));
  expect(pages.sort()).toEqual([
    "index.html",
    "notebook-01-scheduling-delay.html",
    "notebook-02-request-timeouts.html",
    "notebooks.html",
    "second.html",
  ]);
  const ids = new Map<string, Set<string>>();
  const links: string[] = [];
  for (const file of pages) {
    await visit(file, async (page) => {
      ids.set(file, new Set(await page.$$eval("[id]", (all) => all.map(({ id }) => id))));
      const hrefs = await page.$$eval("a[href]", (all) => all.map((link) => link.getAttribute("href") ?? ""));
      links.push(
        ...hrefs
          .filter((href) => !/^https?:/.test(href))
          .map((href) => (href.startsWith("#") ? file + href : href)),
      );
    });
  }
  expect(links).toContain("second.html#sec-second");
  expect(links).toContain("index.html#sec-method");
  expect(links).toContain("notebook-01-scheduling-delay.html#cell-scheduling-delay-overhead");
  expect(links).toContain("notebook-01-scheduling-delay.html#cell-values");
  const dangling = links.filter((link) => {
    const [file = "", id] = link.split("#");
    if (!existsSync(join(output, decodeURIComponent(file)))) return true;
    return id !== undefined && ids.has(file) && !ids.get(file)?.has(id);
  });
  expect(dangling).toEqual([]);
});

test("the search finds words of another page without a network, and its results are links", async () => {
  await visit("index.html", async (page) => {
    await page.type('.search input[type="search"]', "nightingal");
    await page.waitForSelector(".search li a");
    expect(await page.$$eval(".search li a", (all) => all.map((link) => link.getAttribute("href")))).toEqual([
      "second.html#what-a-nightingale-finds",
    ]);
    await page.$eval(".search input", (input) => {
      (input as HTMLInputElement).value = "";
    });
    await page.type('.search input[type="search"]', "zzzzqqq");
    await page.waitForFunction(
      () => document.querySelector('.search [role="status"]')?.textContent === "0 results",
    );
    expect(await page.$$(".search li")).toHaveLength(0);
  });
});

test("a notebook is a page with its code, its tables and its figures, which lead back to the text", async () => {
  await visit("notebook-01-scheduling-delay.html", async (page) => {
    expect(await textOf(page, "h1")).toEqual(["Scheduling delay"]);
    const cell = "#cell-scheduling-delay-overhead";
    expect(await textOf(page, `${cell} pre`)).toEqual(['await show("scheduling-delay-overhead")']);
    expect(await textOf(page, `${cell} .hljs-string`)).toEqual(['"scheduling-delay-overhead"']);
    expect(await page.$$(`${cell} [data-figure] > svg`)).toHaveLength(1);
    expect(await page.$eval(`${cell} .source a`, (link) => link.getAttribute("href"))).toMatch(
      /^index\.html#fig-/,
    );
    expect(await page.$$("#cell-scheduling-delay-percentiles table")).toHaveLength(1);
  });
  await visit("notebooks.html", async (page) => {
    expect(await textOf(page, ".notebooks a")).toEqual(["Scheduling delay", "Request time-outs"]);
  });
});

test("a measured number leads to the cell that hands it on, a heading to itself, a reference shows what it leads to", async () => {
  await visit("index.html", async (page) => {
    const origin = await page.$eval('[data-value="scheduling-delay.cliffStep"] a', (link) =>
      link.getAttribute("href"),
    );
    expect(origin).toBe("notebook-01-scheduling-delay.html#cell-values");
    const headings = await page.$$eval("main :is(h2, h3)[id] > .here-link", (all) =>
      all.every((link) => link.getAttribute("href") === `#${link.parentElement?.id}`),
    );
    expect(headings).toBe(true);
    await page.focus("main .cite");
    const preview = await page.waitForSelector(".preview");
    expect(await preview?.evaluate(({ textContent }) => textContent?.trim())).not.toBe("");
    await page.keyboard.press("Escape");
    expect(await page.$$(".preview")).toHaveLength(0);
    expect(await page.$$eval('meta[name="citation_author"]', (all) => all.length)).toBeGreaterThan(0);
    const linked = await page.$eval(
      'script[type="application/ld+json"]',
      ({ textContent }) => textContent ?? "",
    );
    expect(JSON.parse(linked)).toMatchObject({
      "@type": "ScholarlyArticle",
      headline: expect.stringContaining("Scheduling"),
    });
  });
});

test("the article as JATS is well-formed, nested like the text, and all its references and images lead somewhere", async () => {
  const xml = readFileSync(join(output, "article.xml"), "utf8");
  await visit("second.html", async (page) => {
    const found = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "application/xml");
      const all = (selector: string) => [...parsed.querySelectorAll(selector)];
      const ids = all("[id]").map(({ id }) => id);
      return {
        problem: parsed.querySelector("parsererror")?.textContent ?? null,
        twice: ids.filter((id, i) => ids.indexOf(id) !== i),
        dangling: all("[rid]").filter((link) => !ids.includes(link.getAttribute("rid") ?? "")).length,
        nested: all("sec sec > title").map(({ textContent }) => textContent),
        images: all("graphic").map((image) => image.getAttribute("xlink:href") ?? ""),
      };
    }, xml);
    expect(found).toMatchObject({ problem: null, twice: [], dangling: 0 });
    expect(found.nested).toContain("What a nightingale finds");
    expect(found.images.length).toBeGreaterThan(1);
    expect(found.images.filter((path) => !existsSync(join(output, path)))).toEqual([]);
  });
});

/// <reference lib="dom" />
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "puppeteer-core";
import { beforeAll, expect, test } from "vitest";
import { withBrowser } from "../../../src/publish/browser.ts";
import { builtFixture, secondPage } from "./fixture-article.ts";

let output = "";

beforeAll(async () => {
  output = await builtFixture(secondPage);
});

function visit(file: string, look: (page: Page) => Promise<void>) {
  return withBrowser(async (browser) => {
    const page = await browser.newPage();
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
  expect(pages.sort()).toEqual(["index.html", "second.html"]);
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

/// <reference lib="dom" />
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { withBrowser } from "../../../src/publish/browser.ts";
import { bundleExplorables } from "../../../src/publish/bundle-for-browser.ts";
import { twoTimelines } from "../../../src/publish/drawings/two-timelines.ts";
import { guessMarkup } from "../../../src/publish/explorable/guess-markup.ts";

let folder = "";

beforeAll(async () => {
  const scratch = join(projectRoot, ".cache", "tmp");
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, "guess-"));
  const markup = guessMarkup(twoTimelines, new Map([["failure-mechanisms.queryAtMs", 0.84]]));
  writeFileSync(join(folder, "explorables.js"), await bundleExplorables());
  const style = readFileSync(join(projectRoot, "article", "template", "explorables.css"), "utf8");
  writeFileSync(join(folder, "style.css"), style);
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">` +
      `<script defer src="explorables.js"></script><body>${markup}`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function visit(script: boolean, look: (page: Page) => Promise<void>) {
  return withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(script);
    await page.goto(pathToFileURL(join(folder, "index.html")).href, { waitUntil: "load" });
    await look(page);
    await page.close();
  });
}

const shown = (page: Page) => page.$eval(".held", (part) => getComputedStyle(part).visibility);
const described = (page: Page) => page.$eval("svg", (picture) => picture.getAttribute("aria-label"));

test("the second timeline, and what a screen reader is told of it, waits for a guess, which is answered with the measured time", async () => {
  await visit(true, async (page) => {
    expect(await shown(page)).toBe("hidden");
    expect(await described(page)).not.toContain("export");
    await page.focus('input[value="database"]');
    await page.keyboard.press("Space");
    expect(await shown(page)).toBe("visible");
    expect(await described(page)).toBe(twoTimelines.alt);
    expect(await page.$eval('[role="status"]', ({ textContent }) => textContent)).toContain(
      "answers within 0.8 ms",
    );
  });
});

test("without a script both timelines are there, and nobody is asked", async () => {
  await visit(false, async (page) => {
    expect(await shown(page)).toBe("visible");
    expect(await described(page)).toBe(twoTimelines.alt);
    expect(await page.$eval("form", (form) => getComputedStyle(form).display)).toBe("none");
  });
});

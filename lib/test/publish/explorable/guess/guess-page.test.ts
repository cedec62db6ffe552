/// <reference lib="dom" />
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { twoTimelines } from "../../../../src/publish/drawings/two-timelines.ts";
import { guessMarkup } from "../../../../src/publish/explorable/guess/guess-markup.ts";
import { type ExplorablePage, statusOf, writeExplorablePage } from "../explorable-page.ts";

let explorable: ExplorablePage;

beforeAll(async () => {
  explorable = await writeExplorablePage(
    guessMarkup(twoTimelines, new Map([["failure-mechanisms.queryAtMs", 0.84]])),
  );
});
afterAll(() => explorable.remove());

const shown = (page: Page) => page.$eval(".held", (part) => getComputedStyle(part).visibility);
const described = (page: Page) => page.$eval("svg", (picture) => picture.getAttribute("aria-label"));

test("the second timeline, and what a screen reader is told of it, waits for a guess, which is answered with the measured time", async () => {
  await explorable.visit({ alive: false }, async (page) => {
    expect(await shown(page)).toBe("hidden");
    expect(await described(page)).not.toContain("export");
    await page.focus('input[value="database"]');
    await page.keyboard.press("Space");
    expect(await shown(page)).toBe("visible");
    expect(await described(page)).toBe(twoTimelines.alt);
    expect(await statusOf(page)).toContain("answers in 0.8 ms");
  });
});

test("without a script both timelines are there, and nobody is asked", async () => {
  await explorable.visit({ script: false }, async (page) => {
    expect(await shown(page)).toBe("visible");
    expect(await described(page)).toBe(twoTimelines.alt);
    expect(await page.$eval("form", (form) => getComputedStyle(form).display)).toBe("none");
  });
});

/// <reference lib="dom" />
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "puppeteer-core";
import { expect } from "vitest";
import { makeHeldFolder } from "../../../src/measure/held-folder.ts";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { withBrowser } from "../../../src/publish/browser.ts";
import { bundleExplorables } from "../../../src/publish/bundle-for-browser.ts";
import { pageStyle } from "../../../src/publish/drawings/drawing-style.ts";
import { scratchFolder } from "../../../src/publish/scratch-folder.ts";
import { patientPage } from "../patient-page.ts";

const template = join(projectRoot, "article", "template");
const policy =
  "default-src 'none'; script-src 'self'; worker-src blob:; style-src 'self' 'unsafe-inline'; img-src data:";

export interface Visit {
  readonly hash?: string;
  readonly calm?: boolean;
  readonly script?: boolean;
  readonly width?: number;
  /** Waits until the explorable has had its first answer. */
  readonly alive?: boolean;
}

/** A page with one explorable in it, as the article has it: same style, same script, same policy. */
export interface ExplorablePage {
  /** Opens the page; fails on any complaint of the browser, such as one about the page's policy. */
  readonly visit: (visit: Visit, look: (page: Page) => Promise<void>) => Promise<void>;
  readonly remove: () => void;
}

/** Writes such a page into a scratch folder. */
export async function writeExplorablePage(markup: string): Promise<ExplorablePage> {
  const folder = makeHeldFolder("explorable", scratchFolder).path;
  const style =
    pageStyle() +
    ["article.css", "explorables.css"].map((name) => readFileSync(join(template, name))).join("");
  writeFileSync(join(folder, "explorables.js"), await bundleExplorables());
  writeFileSync(join(folder, "style.css"), style);
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
      `<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css"><script defer src="explorables.js"></script>` +
      `<body><main>${markup}<div style="height:3000px" id="below"></div></main>`,
  );
  const address = pathToFileURL(join(folder, "index.html")).href;
  const visit: ExplorablePage["visit"] = (
    { hash = "", calm = false, script = true, width = 360, alive = script },
    look,
  ) =>
    withBrowser(async (browser) => {
      const page = await patientPage(browser);
      const problems: string[] = [];
      page.on("console", (message) => problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(String(error)));
      await page.setViewport({ width, height: 900 });
      await page.setJavaScriptEnabled(script);
      await page.emulateMediaFeatures([
        { name: "prefers-reduced-motion", value: calm ? "reduce" : "no-preference" },
      ]);
      await page.goto(address + hash, { waitUntil: "load" });
      if (alive) await settled(page);
      await look(page);
      await page.close();
      expect(problems).toEqual([]);
    });
  return { visit, remove: () => rmSync(folder, { recursive: true }) };
}

/** Waits until the page shows what was asked for last. */
export const settled = (page: Page) => page.waitForSelector('.explorable.alive[aria-busy="false"]');
/** The pool's picture as it is now. */
export const pictureOf = (page: Page) => page.$eval(".pool-view", (svg) => svg.innerHTML);
/** The sentence below the controls. */
export const storyOf = (page: Page) => page.$eval(".explorable-story", ({ textContent }) => textContent);
/** What a screen reader is told. */
export const statusOf = (page: Page) => page.$eval('[role="status"]', ({ textContent }) => textContent);

/** What a screen reader says of the pictures. */
export const labelsOf = (page: Page) =>
  page.$$eval(".explorable-views svg", (all) => all.map(({ ariaLabel }) => ariaLabel));

/** Holds that nothing scrolls sideways, and that every control has a name and room for a finger. */
export async function expectRoomForFingers(page: Page, width: number): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  const small = await page.$$eval("input, button", (all) =>
    all
      .map((control) => ({
        name: (control as HTMLInputElement).labels?.[0]?.textContent?.trim() || control.textContent.trim(),
        height: ((control as HTMLInputElement).labels?.[0] ?? control).getBoundingClientRect().height,
      }))
      .filter(({ name, height }) => name === "" || height < 24),
  );
  expect(small).toEqual([]);
}

/** Holds that without a script there are described pictures and no dead controls. */
export async function expectStill(page: Page, described: readonly string[]): Promise<void> {
  const pictures = await page.$$eval(".explorable-views svg", (all) =>
    all.map(({ role, ariaLabel }) => ({ role, ariaLabel })),
  );
  expect(pictures).toEqual(
    described.map((part) => ({ role: "img", ariaLabel: expect.stringContaining(part) })),
  );
  const controls = await page.$$eval("input, button", (all) =>
    all.filter((control) => control.checkVisibility()),
  );
  expect(controls).toHaveLength(0);
}

/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { withBrowser } from "../../../src/publish/browser.ts";
import { patientPage } from "../patient-page.ts";
import { builtFixture } from "./fixture-article.ts";

let index = "";

beforeAll(async () => {
  index = pathToFileURL(join(await builtFixture(), "index.html")).href;
});

/** Opens the page without scrolling it; gives what it fetched, compressed, and by how much its layout shifted. */
function firstView(width: number): Promise<{ bytes: number; shift: number }> {
  return withBrowser(async (browser) => {
    const page = await patientPage(browser);
    const files: string[] = [];
    page.on("request", (request) => {
      if (request.url().startsWith("file:")) files.push(fileURLToPath(request.url()));
    });
    // A view so low that no figure comes alive in it: those are fetched when the reader gets there.
    await page.setViewport({ width, height: 500 });
    await page.goto(index, { waitUntil: "networkidle0" });
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const observer = new PerformanceObserver((list) => resolve(sumOf(list.getEntries())));
          observer.observe({ type: "layout-shift", buffered: true });
          const sumOf = (entries: PerformanceEntryList) =>
            entries.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0);
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sumOf(observer.takeRecords()))));
        }),
    );
    await page.close();
    const bytes = files.map((file) => gzipSync(readFileSync(file)).length).reduce((a, b) => a + b, 0);
    return { bytes, shift };
  });
}

test.each([390, 1280])(
  "the first view at %i pixels is at most 150 kB compressed, and nothing in it moves",
  async (width) => {
    const { bytes, shift } = await firstView(width);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(150_000);
    expect(shift).toBeLessThanOrEqual(0.02);
  },
);

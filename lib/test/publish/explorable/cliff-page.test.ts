/// <reference lib="dom" />
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { withBrowser } from "../../../src/publish/browser.ts";
import { bundleExplorables } from "../../../src/publish/bundle-for-browser.ts";
import { pageStyle } from "../../../src/publish/drawings/drawing-style.ts";
import { cliffMarkup } from "../../../src/publish/explorable/cliff-markup.ts";
import { measuredDelays, measuredFigure } from "../../../src/publish/explorable/measured-delays.ts";

const template = join(projectRoot, "article", "template");
const policy =
  "default-src 'none'; script-src 'self'; worker-src blob:; style-src 'self' 'unsafe-inline'; img-src data:";
let folder = "";
let address = "";

beforeAll(async () => {
  const scratch = join(projectRoot, ".cache", "tmp");
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, "explorable-"));
  const json = readFileSync(join(projectRoot, "figures", `${measuredFigure}.json`), "utf8");
  const [shared, pinned] = ["run-queue", "pinned"].map((executor) => [
    { name: "reference", delays: measuredDelays(json, executor) },
  ]);
  const markup = cliffMarkup({ workers: 4, measured: { "run-queue": shared ?? [], pinned: pinned ?? [] } });
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
  address = pathToFileURL(join(folder, "index.html")).href;
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Visit {
  readonly hash?: string;
  readonly calm?: boolean;
  readonly script?: boolean;
  readonly width?: number;
}

/** Opens the explorable; fails on any complaint of the browser, such as one about the page's policy. */
function visit(
  { hash = "", calm = false, script = true, width = 360 }: Visit,
  look: (page: Page) => Promise<void>,
) {
  return withBrowser(async (browser) => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.setViewport({ width, height: 900 });
    await page.setJavaScriptEnabled(script);
    await page.emulateMediaFeatures([
      { name: "prefers-reduced-motion", value: calm ? "reduce" : "no-preference" },
    ]);
    await page.goto(address + hash, { waitUntil: "load" });
    if (script) await page.waitForSelector(".explorable.alive");
    await look(page);
    await page.close();
    expect(problems).toEqual([]);
  });
}

const picture = (page: Page) => page.$eval(".pool-view", (svg) => svg.innerHTML);
const story = (page: Page) => page.$eval(".explorable-story", (element) => element.textContent);

test("untouched it moves, and comes to the fourth blocker by itself", async () => {
  await visit({}, async (page) => {
    const first = await picture(page);
    await page.waitForFunction(
      (before) => document.querySelector(".pool-view")?.innerHTML !== before,
      {},
      first,
    );
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[name="pool-blockers"]')?.value === "4",
    );
    expect(await story(page)).toContain("every worker is held");
    expect(await page.evaluate(() => location.hash)).toBe("");
  });
});

test("the keyboard starves the pool: the address keeps the view, and a live region says what follows", async () => {
  await visit({ calm: true }, async (page) => {
    await page.focus('[name="pool-blockers"]');
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => location.hash === "#pool:blockers=3,executor=run-queue,seed=1");
    expect(await page.$eval('[role="status"]', (element) => element.textContent)).toMatch(
      /^Three tasks block\. .* Predicted 99th percentile: 0\.0 milliseconds\. Measured: /,
    );
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelectorAll(".mark.waiting").length > 40);
    expect(await page.$eval('[role="status"]', (element) => element.textContent)).toContain(
      "percentile: 40.0",
    );
  });
});

test("an address opens the view that it names, the same for everybody", async () => {
  const pictures: string[] = [];
  for (const seed of [5, 5, 6]) {
    await visit({ hash: `#pool:blockers=5,executor=pinned,seed=${seed}`, calm: true }, async (page) => {
      expect(
        await page.$eval(
          '[name="pool-executor"][value="pinned"]',
          (radio) => (radio as HTMLInputElement).checked,
        ),
      ).toBe(true);
      pictures.push(await picture(page));
    });
  }
  expect(pictures[1]).toBe(pictures[0]);
  expect(pictures[2]).not.toBe(pictures[0]);
});

test("where motion is not wanted nothing moves until a step is asked for", async () => {
  await visit({ calm: true }, async (page) => {
    const before = await picture(page);
    await page.evaluate(async () => {
      for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    });
    expect(await picture(page)).toBe(before);
    expect(await page.$eval('[data-act="play"]', (button) => button.textContent)).toBe("Play");
    await page.click('[data-act="step"]');
    expect(await picture(page)).not.toBe(before);
  });
});

test("out of sight it stands still", async () => {
  await visit({}, async (page) => {
    await page.$eval("#below", (element) => element.scrollIntoView({ block: "end" }));
    const still = await page.evaluate(async () => {
      const frames = async (count: number) => {
        for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
      };
      const seen = () => document.querySelector(".pool-view")?.innerHTML;
      await frames(5);
      const before = seen();
      await frames(10);
      return before === seen();
    });
    expect(still).toBe(true);
  });
});

test("without a script there are two described pictures and no dead controls", async () => {
  await visit({ script: false }, async (page) => {
    const pictures = await page.$$eval(".explorable-views svg", (all) =>
      all.map(({ role, ariaLabel }) => ({ role, ariaLabel })),
    );
    expect(pictures).toEqual([
      { role: "img", ariaLabel: expect.stringContaining("all held by blocking tasks") },
      { role: "img", ariaLabel: expect.stringContaining("Measured 99th percentile in milliseconds: ") },
    ]);
    const controls = await page.$$eval("input, button", (all) =>
      all.filter((control) => control.checkVisibility()),
    );
    expect(controls).toHaveLength(0);
  });
});

test.each([320, 360, 768])(
  "at %i pixels nothing scrolls sideways, and every control has a name and room for a finger",
  async (width) => {
    await visit({ width, calm: true }, async (page) => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const small = await page.$$eval("input, button", (all) =>
        all
          .map((control) => ({
            name:
              (control as HTMLInputElement).labels?.[0]?.textContent?.trim() || control.textContent.trim(),
            height: ((control as HTMLInputElement).labels?.[0] ?? control).getBoundingClientRect().height,
          }))
          .filter(({ name, height }) => name === "" || height < 24),
      );
      expect(small).toEqual([]);
    });
  },
);

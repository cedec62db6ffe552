/// <reference lib="dom" />
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page, SerializedAXNode } from "puppeteer-core";
import { beforeAll, expect, test } from "vitest";
import { withBrowser } from "../../../src/publish/browser.ts";
import { patientPage } from "../patient-page.ts";
import { clashingTexts } from "./clashing-texts.ts";
import { builtFixture } from "./fixture-article.ts";
import { lowContrast } from "./low-contrast.ts";

let output = "";

beforeAll(async () => {
  output = await builtFixture();
});

interface Visit {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly script?: boolean;
}

/** Opens the page as a file and hands it to `look`; fails on any request beyond the folder and any complaint. */
function visit(
  { width = 1280, scheme = "light", script = true }: Visit,
  look: (page: Page) => Promise<void>,
) {
  return withBrowser(async (browser) => {
    const page = await patientPage(browser);
    const problems: string[] = [];
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
    page.on("request", (request) => {
      if (/^(?:data|blob):/.test(request.url())) return;
      const inside = request.url().startsWith(`${pathToFileURL(output).href}/`);
      if (!inside) problems.push(`request: ${request.url()}`);
    });
    await page.setViewport({ width, height: 900 });
    await page.setJavaScriptEnabled(script);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(join(output, "index.html")).href, { waitUntil: "load" });
    await look(page);
    await page.close();
    expect(problems).toEqual([]);
  });
}

test("opened as a file it needs no network, and its figures come alive near the viewport", async () => {
  await visit({}, async (page) => {
    const figures = await page.$$("[data-figure]");
    expect(figures).toHaveLength(2);
    for (const figure of figures) {
      await figure.scrollIntoView();
      await page.waitForFunction((plot) => plot.classList.contains("live"), {}, figure);
      expect(await figure.$(".stage .main-svg")).not.toBeNull();
    }
  });
});

test.each([390, 640, 768, 1280])(
  "scrolled through at %i pixels, figures keep their text apart and their names",
  async (width) => {
    await visit({ width }, async (page) => {
      for (const figure of await page.$$("[data-figure]")) {
        await figure.scrollIntoView();
        if (width >= 768) await page.waitForFunction((plot) => plot.classList.contains("live"), {}, figure);
      }
      await page.waitForNetworkIdle();
      expect(await page.evaluate(clashingTexts)).toEqual([]);
      expect((await imagesIn(page)).map((name) => name.slice(0, 12))).toEqual([
        "Three panels",
        "Share of tim",
      ]);
    });
  },
);

test("without JavaScript everything is there, figures as images with a description", async () => {
  await visit({ script: false }, async (page) => {
    const sizes = await page.$$eval("[data-figure] > svg", (all) =>
      all.map((svg) => svg.getBoundingClientRect().toJSON()),
    );
    expect(sizes).toMatchObject([
      { width: 680, height: 360 },
      { width: 680, height: 400 },
    ]);
    expect(await imagesIn(page)).toEqual([
      expect.stringContaining("Three panels"),
      expect.stringContaining("Share of timed-out"),
    ]);
    expect(await page.$$eval("main h2", (all) => all.map(({ textContent }) => textContent))).toEqual([
      "Abstract",
      "1 Introduction",
      "2 Method",
      "3 Results",
      "4 Glossary",
      "5 How this was built",
      "Notes",
      "References",
    ]);
    expect(
      await page.$$eval("figcaption .number", (all) => all.map(({ textContent }) => textContent)),
    ).toEqual(
      ["Listing 1.", "Figure 1.", "Table 1.", "Table 2.", "Figure 2."].map((name) =>
        name.replace(" ", "\u00a0"),
      ),
    );
  });
});

test("every link leads somewhere: to an anchor on the page, a file beside it, or the web", async () => {
  await visit({ script: false }, async (page) => {
    const hrefs = await page.$$eval("a[href]", (all) => all.map((link) => link.getAttribute("href") ?? ""));
    const ids = new Set(await page.$$eval("[id]", (all) => all.map(({ id }) => id)));
    const local = hrefs.filter((href) => !/^https?:/.test(href));
    const dangling = local.filter((href) =>
      href.startsWith("#") ? !ids.has(href.slice(1)) : !existsSync(fileOf(href)),
    );
    expect(dangling).toEqual([]);
    expect(local.length).toBeGreaterThan(30);
    expect(
      await page.evaluate(() => [
        document.documentElement.lang,
        document.querySelectorAll("main, nav, header, footer").length,
      ]),
    ).toEqual(["en", 4]);
  });
});

test.each([320, 390, 768])("at %i pixels the page does not scroll sideways", async (width) => {
  for (const script of [true, false]) {
    await visit({ width, script }, async (page) => {
      const size = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(size).toBeLessThanOrEqual(width);
    });
  }
});

test.each(["light", "dark"] as const)(
  "in the %s scheme all text has a contrast of at least 4.5",
  async (scheme) => {
    await visit({ scheme }, async (page) => {
      expect(await page.evaluate(lowContrast, 4.5)).toEqual([]);
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(background).toBe(scheme === "dark" ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)");
    });
  },
);

/** Lists the names of the images that a screen reader is told of. */
async function imagesIn(page: Page): Promise<string[]> {
  const namesIn = ({ role, name = "", children = [] }: SerializedAXNode): string[] => [
    ...(/^(?:img|image|graphics-.*)$/.test(role) ? [name] : []),
    ...children.flatMap(namesIn),
  ];
  const tree = await page.accessibility.snapshot({ interestingOnly: false });
  return tree === null ? [] : namesIn(tree);
}

function fileOf(href: string): string {
  return resolve(fileURLToPath(new URL(href.replace(/#.*$/, ""), pathToFileURL(join(output, "index.html")))));
}

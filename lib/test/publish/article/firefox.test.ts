/// <reference lib="dom" />
import { existsSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeHeldFolder } from "../../../src/measure/held-folder.ts";
import { browserLimitMs } from "../../../src/publish/browser.ts";
import { scratchFolder } from "../../../src/publish/scratch-folder.ts";
import { patientPage } from "../patient-page.ts";
import { builtFixture, secondPage } from "./fixture-article.ts";

const firefox = (process.env["PATH"] ?? "")
  .split(delimiter)
  .flatMap((folder) => ["firefox-esr", "firefox"].map((name) => join(folder, name)))
  .find((path) => existsSync(path));

describe.skipIf(firefox === undefined)("in Firefox", () => {
  const profile = makeHeldFolder("firefox", scratchFolder).path;
  let browser: Browser;
  let output = "";

  beforeAll(async () => {
    output = await builtFixture(secondPage);
    browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: firefox ?? "",
      headless: true,
      timeout: browserLimitMs,
      userDataDir: profile,
      // This protocol cannot set the size of a page afterwards.
      defaultViewport: null,
      args: ["--width=1280", "--height=900"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test.each(["index.html", "second.html", "notebook-01-scheduling-delay.html"])(
    "%s asks for nothing beyond its folder, complains of nothing, and its figures come alive",
    async (file) => {
      const page = await patientPage(browser);
      const problems: string[] = [];
      page.on("console", (message) => problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("request", (request) => {
        const inside = request.url().startsWith(`${pathToFileURL(output).href}/`);
        if (!inside && !/^(?:data|blob):/.test(request.url())) problems.push(`request: ${request.url()}`);
      });
      await page.goto(pathToFileURL(join(output, file)).href, { waitUntil: "load" });
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      for (const figure of await page.$$("[data-figure]")) {
        await figure.scrollIntoView();
        // What waits within the page would have to be compiled there, which the page's policy forbids.
        await expect.poll(() => figure.$(".stage .main-svg"), { timeout: browserLimitMs }).not.toBeNull();
      }
      await page.close();
      expect(problems).toEqual([]);
    },
  );
});

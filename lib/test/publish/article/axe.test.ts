/// <reference lib="dom" />
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { beforeAll, expect, test } from "vitest";
import { withBrowser } from "../../../src/publish/browser.ts";
import { patientPage } from "../patient-page.ts";
import { builtFixture, secondPage } from "./fixture-article.ts";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
let output = "";

beforeAll(async () => {
  output = await builtFixture(secondPage);
});

/** Lists what is wrong on a page for people who use it with other senses or other means, figures alive where they come alive. */
function violations(file: string, width: number, scheme: "light" | "dark"): Promise<string[]> {
  return withBrowser(async (browser) => {
    const page = await patientPage(browser);
    // The page's own policy lets no stranger's script in.
    await page.setBypassCSP(true);
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(join(output, file)).href, { waitUntil: "load" });
    for (const figure of await page.$$("[data-figure]")) await figure.scrollIntoView();
    await page.waitForNetworkIdle();
    await page.addScriptTag({ path: axe });
    const { violations: found } = (await page.evaluate(
      `axe.run({ rules: { "target-size": { enabled: true } } })`,
    )) as AxeResults;
    await page.close();
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

test.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
] as const)(
  "at %i pixels in the %s scheme axe finds nothing on the front page and on a page of the reference",
  async (width, scheme) => {
    for (const file of ["index.html", "second.html"]) {
      expect(await violations(file, width, scheme), file).toEqual([]);
    }
  },
);

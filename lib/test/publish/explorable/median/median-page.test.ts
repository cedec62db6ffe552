/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../../../src/measure/project-root.ts";
import { measuredDelays, measuredFigure } from "../../../../src/publish/explorable/cliff/cliff-data.ts";
import { medianMarkup } from "../../../../src/publish/explorable/median/median-markup.ts";
import {
  type ExplorablePage,
  expectRoomForFingers,
  expectStill,
  settled,
  statusOf,
  storyOf,
  writeExplorablePage,
} from "../explorable-page.ts";

let explorable: ExplorablePage;

beforeAll(async () => {
  const json = readFileSync(join(projectRoot, "figures", `${measuredFigure}.json`), "utf8");
  const endless = [{ blockers: 4, value: 7.5, low: 7.5, high: 7.5 }];
  explorable = await writeExplorablePage(
    medianMarkup([{ name: "reference", delays: measuredDelays(json, "run-queue"), endless }]),
  );
});
afterAll(() => explorable.remove());

const measuredMarks = (page: Page) => page.$$eval(".measured", (all) => all.length);

test("untouched it shows a good day at the median, and says how many wake-ups are late", async () => {
  await explorable.visit({}, async (page) => {
    expect(await storyOf(page)).toMatch(
      /^The median is 0\.0\sms with three blockers and 0\.\d\sms with four\. .* good day, while \d+\s% /,
    );
    expect(await measuredMarks(page)).toBe(7);
    expect(await statusOf(page)).toBe("");
  });
});

test("the keyboard moves to p99, which sees the cliff; the address keeps it", async () => {
  await explorable.visit({}, async (page) => {
    await page.focus('[name="median-quantile"]');
    for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => location.hash === "#median:quantile=4,blocks=five");
    await settled(page);
    expect(await storyOf(page)).toMatch(/^p99 is/);
    expect(await statusOf(page)).toContain("sees the cliff");
    expect(await measuredMarks(page)).toBe(7);
  });
});

test("beside blocks without end the median sees it too", async () => {
  await explorable.visit({ hash: "#median:quantile=0,blocks=endless" }, async (page) => {
    const [, before = "", at = ""] =
      /is ([\d.]+)\sms .* and ([\d.]+)\sms/.exec((await storyOf(page)) ?? "") ?? [];
    expect(Number(at)).toBeGreaterThan(1);
    expect(Number(before)).toBeLessThan(0.1);
    expect(await measuredMarks(page)).toBe(1);
  });
});

test("without a script there is a described picture and no dead control", async () => {
  await explorable.visit({ script: false }, (page) => expectStill(page, ["The median is"]));
});

test.each([320, 768])("at %i pixels there is room for a finger", async (width) => {
  await explorable.visit({ width }, (page) => expectRoomForFingers(page, width));
});

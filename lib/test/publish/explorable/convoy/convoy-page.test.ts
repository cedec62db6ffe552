/// <reference lib="dom" />
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { convoyMarkup } from "../../../../src/publish/explorable/convoy/convoy-markup.ts";
import {
  type ExplorablePage,
  expectRoomForFingers,
  expectStill,
  labelsOf,
  pictureOf,
  settled,
  statusOf,
  storyOf,
  writeExplorablePage,
} from "../explorable-page.ts";

let explorable: ExplorablePage;
const point = (blockers: number, value: number) => ({ blockers, value, low: value, high: value });

beforeAll(async () => {
  explorable = await writeExplorablePage(
    convoyMarkup([{ name: "reference", none: [point(4, 0)], fair: [point(3, 0), point(4, 98)] }]),
  );
});
afterAll(() => explorable.remove());

const inLine = (page: Page) => page.$$eval(".mark.in-line", (all) => all.length);

test("every worker held: a line for the lock, and one holder who waits", async () => {
  await explorable.visit({ calm: true }, async (page) => {
    expect(await inLine(page)).toBeGreaterThan(15);
    expect(await page.$$eval(".mark.holds", (all) => all.length)).toBe(1);
    expect(await storyOf(page)).toContain("turn by turn");
  });
});

test("one worker less, and no line forms; without a lock none does at all", async () => {
  await explorable.visit({ calm: true }, async (page) => {
    await page.focus('[name="convoy-blockers"]');
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => location.hash === "#convoy:blockers=3,lock=fair,seed=1");
    await settled(page);
    expect(await inLine(page)).toBeLessThan(3);
    expect(await statusOf(page)).toContain("Measured: 0 percent");
    await page.keyboard.press("ArrowRight");
    await page.click('[name="convoy-lock"][value="none"]');
    await page.waitForFunction(() => location.hash === "#convoy:blockers=4,lock=none,seed=1");
    await settled(page);
    expect(await page.$$eval(".mark.waiting", (all) => all.length)).toBeGreaterThan(60);
    expect(await inLine(page)).toBe(0);
    expect((await labelsOf(page))[0]).toContain("nobody takes a lock");
  });
});

test("an address opens the view that it names, the same for everybody", async () => {
  const pictures: string[] = [];
  for (const seed of [5, 5, 6]) {
    await explorable.visit(
      { hash: `#convoy:blockers=4,lock=fair,seed=${seed}`, calm: true },
      async (page) => {
        pictures.push(await pictureOf(page));
      },
    );
  }
  expect(pictures[1]).toBe(pictures[0]);
  expect(pictures[2]).not.toBe(pictures[0]);
});

test("without a script there are two described pictures and no dead controls", async () => {
  await explorable.visit({ script: false }, (page) =>
    expectStill(page, [
      "stand in line for a lock",
      "Of tasks that share a lock: measured 0 at 3, 98 at 4; predicted 0 at 0, ",
    ]),
  );
});

test.each([320, 768])("at %i pixels there is room for a finger", async (width) => {
  await explorable.visit({ width, calm: true }, (page) => expectRoomForFingers(page, width));
});

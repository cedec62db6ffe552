/// <reference lib="dom" />
import { afterAll, beforeAll, expect, test } from "vitest";
import { cureMarkup } from "../../../../src/publish/explorable/cure/cure-markup.ts";
import {
  type ExplorablePage,
  expectRoomForFingers,
  expectStill,
  labelsOf,
  settled,
  statusOf,
  writeExplorablePage,
} from "../explorable-page.ts";

let explorable: ExplorablePage;

beforeAll(async () => {
  const cures = [{ remedy: "isolated", p95Ms: 1.6, lowMs: 1.5, highMs: 1.7, jobsPerSecond: 40 }] as const;
  explorable = await writeExplorablePage(cureMarkup([{ name: "reference", cures }]));
});
afterAll(() => explorable.remove());

test("untouched a queue stands behind the jobs; a pool of their own ends that, and the address keeps it", async () => {
  await explorable.visit({ calm: true }, async (page) => {
    expect(await page.$$eval(".mark.waiting", (all) => all.length)).toBeGreaterThan(10);
    expect(await page.$$eval(".worker", (all) => all.length)).toBe(2);
    await page.focus('[name="cure-remedy"][value="as-is"]');
    for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => location.hash === "#cure:remedy=isolated,callers=6,seed=1");
    await settled(page);
    expect(await page.$$eval(".worker", (all) => all.length)).toBe(4);
    expect(await page.$$eval(".mark.waiting", (all) => all.length)).toBe(0);
    expect(await page.$$eval(".block.waiting", (all) => all.length)).toBe(4);
    expect(await statusOf(page)).toContain("Measured 95th percentile of the others’ delay: 2 milliseconds.");
  });
});

test("with other callers than were measured nothing measured is shown", async () => {
  await explorable.visit({ hash: "#cure:remedy=isolated,callers=3,seed=1", calm: true }, async (page) => {
    expect(await page.$$eval(".measured", (all) => all.length)).toBe(0);
    const [pool, chart] = await labelsOf(page);
    expect(pool).toContain("The jobs have two workers of their own");
    expect(chart).not.toContain("Measured");
    expect(chart).toContain("95th percentile of the others’ delay under each remedy, in milliseconds");
    await page.focus('[name="cure-callers"]');
    await page.keyboard.press("End");
    await page.waitForFunction(() => location.hash === "#cure:remedy=isolated,callers=6,seed=1");
    await settled(page);
    expect(await page.$$eval(".measured", (all) => all.length)).toBe(1);
    expect((await labelsOf(page))[1]).toContain("a pool of its own: 2.");
  });
});

test("without a script there are two described pictures and no dead controls", async () => {
  await explorable.visit({ script: false }, (page) =>
    expectStill(page, ["wait behind jobs in one queue", "delay under each remedy"]),
  );
});

test.each([320, 768])("at %i pixels there is room for a finger", async (width) => {
  await explorable.visit({ width, calm: true }, (page) => expectRoomForFingers(page, width));
});

/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../../../src/measure/project-root.ts";
import { measuredDelays, measuredFigure } from "../../../../src/publish/explorable/cliff/cliff-data.ts";
import { cliffMarkup } from "../../../../src/publish/explorable/cliff/cliff-markup.ts";
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

beforeAll(async () => {
  const json = readFileSync(join(projectRoot, "figures", `${measuredFigure}.json`), "utf8");
  const [shared, pinned] = ["run-queue", "pinned"].map((executor) => [
    { name: "reference", delays: measuredDelays(json, executor) },
  ]);
  explorable = await writeExplorablePage(
    cliffMarkup({ workers: 4, measured: { "run-queue": shared ?? [], pinned: pinned ?? [] } }),
  );
});
afterAll(() => explorable.remove());

test("untouched it moves, and comes to the fourth blocker by itself", async () => {
  await explorable.visit({}, async (page) => {
    const first = await pictureOf(page);
    await page.waitForFunction(
      (before) => document.querySelector(".pool-view")?.innerHTML !== before,
      {},
      first,
    );
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[name="pool-blockers"]')?.value === "4",
    );
    expect(await storyOf(page)).toContain("every worker is held");
    expect(await page.evaluate(() => location.hash)).toBe("");
  });
});

test("the keyboard starves the pool: the address keeps the view, and a live region says what follows", async () => {
  await explorable.visit({ calm: true }, async (page) => {
    await page.focus('[name="pool-blockers"]');
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(() => location.hash === "#pool:blockers=3,executor=run-queue,seed=1");
    await settled(page);
    expect(await statusOf(page)).toMatch(
      /^Three tasks block\. .* Predicted 99th percentile: 0\.0 milliseconds\. Measured: /,
    );
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => location.hash === "#pool:blockers=4,executor=run-queue,seed=1");
    await settled(page);
    expect(await page.$$eval(".mark.waiting", (all) => all.length)).toBeGreaterThan(40);
    expect(await statusOf(page)).toContain("percentile: 40.0");
  });
});

test("what a screen reader is told belongs to what is shown, not to the still nor to the choice before", async () => {
  await explorable.visit({ hash: "#pool:blockers=2,executor=run-queue,seed=1", calm: true }, async (page) => {
    const [pool, chart] = await labelsOf(page);
    expect(pool).toContain("Two tasks block. A free worker serves everybody");
    expect(chart).toMatch(/Predicted .* 0\.0 at 1, .* 40\.0 at 4/);
    await page.click('[name="pool-executor"][value="pinned"]');
    await page.waitForFunction(() => location.hash === "#pool:blockers=2,executor=pinned,seed=1");
    await settled(page);
    const [own, ownChart] = await labelsOf(page);
    expect(own).toContain("Whoever lives on the same worker waits");
    expect(ownChart).toMatch(/Predicted .* 40\.0 at 1, /);
    expect(ownChart?.split("Predicted")[0]).not.toBe(chart?.split("Predicted")[0]);
    expect(await statusOf(page)).toContain("Predicted 99th percentile: 40.0 milliseconds.");
  });
});

test("an address opens the view that it names, the same for everybody", async () => {
  const pictures: string[] = [];
  for (const seed of [5, 5, 6]) {
    await explorable.visit(
      { hash: `#pool:blockers=5,executor=pinned,seed=${seed}`, calm: true },
      async (page) => {
        expect(
          await page.$eval(
            '[name="pool-executor"][value="pinned"]',
            (radio) => (radio as HTMLInputElement).checked,
          ),
        ).toBe(true);
        pictures.push(await pictureOf(page));
      },
    );
  }
  expect(pictures[1]).toBe(pictures[0]);
  expect(pictures[2]).not.toBe(pictures[0]);
});

test("where motion is not wanted nothing moves until a step is asked for", async () => {
  await explorable.visit({ calm: true }, async (page) => {
    const before = await pictureOf(page);
    await page.evaluate(async () => {
      for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
    });
    expect(await pictureOf(page)).toBe(before);
    expect(await page.$eval('[data-act="play"]', (button) => button.textContent)).toBe("Play");
    await page.click('[data-act="step"]');
    expect(await pictureOf(page)).not.toBe(before);
  });
});

test("who steps on ends the tour; with another choice picture, slider and its words are of one moment", async () => {
  await explorable.visit({}, async (page) => {
    const moment = () =>
      page.$eval('.moment input[type="range"]', (slider) => [
        (slider as HTMLInputElement).value,
        slider.getAttribute("aria-valuetext"),
      ]);
    // At once: the tour has played for a while, and a run that is stepped through begins anew.
    await page.evaluate(() => {
      const step = document.querySelector<HTMLElement>('[data-act="step"]');
      const slider = document.querySelector<HTMLInputElement>('.moment input[type="range"]');
      if (step === null || slider === null) throw new Error("step and slider must be on the page");
      step.click();
      for (let steps = 1; steps < 20 && slider.valueAsNumber <= 70; steps++) step.click();
    });
    expect(Number((await moment())[0])).toBeGreaterThan(70);
    expect(await page.$eval('[name="pool-blockers"]', (slider) => (slider as HTMLInputElement).value)).toBe(
      "2",
    );
    await page.focus('[name="pool-blockers"]');
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => location.hash === "#pool:blockers=3,executor=run-queue,seed=1");
    await settled(page);
    expect(await moment()).toEqual(["42", "42 milliseconds"]);
  });
});

test("out of sight it stands still", async () => {
  await explorable.visit({}, async (page) => {
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
  await explorable.visit({ script: false }, async (page) => {
    await expectStill(page, [
      "all held by blocking tasks",
      "in milliseconds, against the number of tasks that block. Measured: ",
    ]);
  });
});

test.each([320, 360, 768])(
  "at %i pixels nothing scrolls sideways, and every control has a name and room for a finger",
  async (width) => {
    await explorable.visit({ width, calm: true }, (page) => expectRoomForFingers(page, width));
  },
);

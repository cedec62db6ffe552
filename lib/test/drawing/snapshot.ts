import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { expect, test } from "vitest";
import type { Figure } from "../../src/drawing/figure.ts";
import { withBrowser } from "../../src/publish/browser.ts";
import { type FigureFile, figureFile } from "../../src/publish/figure-file.ts";
import { renderSvg } from "../../src/publish/render-svg.ts";

const folder = join(import.meta.dirname, "snapshots");
const require = createRequire(import.meta.url);

/** Tests of each figure, by its id, that it is drawn as it was. */
export function testFigures(figures: Readonly<Record<string, () => Figure>>): void {
  test.each(Object.entries(figures))("%s is drawn as it was", async (id, figure) => {
    expect(figure().id).toBe(id);
    await expectFigure(figure());
  });
}

/**
 * Compares a figure with its snapshots, `snapshots/<id>.json` and `.svg`. A difference leaves `<id>-changed.svg` and
 * `.json` beside them to look at; delete the old ones to accept. Plotly must have nothing to remark on the figure.
 */
async function expectFigure(figure: Figure): Promise<void> {
  const file = figureFile(figure);
  const text = `${JSON.stringify({ ...file, renderer: undefined }, null, 1)}\n`;
  const svg = await renderSvg(file.id, file);
  expect(await remarks(file)).toEqual([]);
  expect(svg).not.toMatch(/NaN|undefined/);
  expect([matches(file.id, "json", text), matches(file.id, "svg", svg)]).toEqual([true, true]);
}

function matches(id: string, kind: "json" | "svg", content: string): boolean {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${id}.${kind}`);
  const changed = join(folder, `${id}-changed.${kind}`);
  rmSync(changed, { force: true });
  if (!existsSync(path) && !process.env["CI"]) writeFileSync(path, content);
  if (existsSync(path) && readFileSync(path, "utf8") === content) return true;
  writeFileSync(changed, content);
  return false;
}

const pages = new WeakMap<Browser, Promise<Page>>();

/** Asks Plotly itself which attributes it does not know or does not accept. */
function remarks({ data, layout }: FigureFile): Promise<string[]> {
  return withBrowser(async (browser) => {
    const page = pages.get(browser) ?? openPage(browser);
    pages.set(browser, page);
    return (await page).evaluate(
      (traces, arrangement) => {
        const { Plotly } = globalThis as unknown as {
          Plotly: { validate(data: unknown, layout: unknown): { msg: string }[] | undefined };
        };
        return (Plotly.validate(traces, arrangement) ?? []).map(({ msg }) => msg);
      },
      data as unknown,
      layout as unknown,
    );
  });
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.addScriptTag({ path: require.resolve("plotly.js/dist/plotly-cartesian.min.js") });
  return page;
}

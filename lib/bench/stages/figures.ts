import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { closeBrowser, withBrowser } from "../../src/publish/browser.ts";
import { type Drawing, renderSvg } from "../../src/publish/render-svg.ts";
import type { BenchRow } from "../../src/tables/bench-results.ts";
import { fastestNs } from "../time-calls.ts";

/** What it costs to draw one figure as SVG: in a page that stays open, and in a page of its own in the same browser. */
export async function figureExport(sizes: readonly number[] = [100, 1000, 10_000]): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  try {
    for (const size of sizes) {
      const drawing = points(size);
      const exporters: Readonly<Record<string, () => Promise<unknown>>> = {
        "one page for all": () => renderSvg("bench-points", drawing),
        "a page a figure": () => inPageOfItsOwn(drawing),
      };
      for (const [candidate, draw] of Object.entries(exporters)) {
        rows.push({
          stage: "figure-export",
          candidate,
          ours: candidate === "one page for all",
          size,
          sizeUnit: "points",
          cost: (await fastestNs(draw)) / 1e6,
          costUnit: "ms a figure",
          memoryMiB: null,
        });
      }
    }
    return rows;
  } finally {
    await closeBrowser();
  }
}

function points(size: number): Drawing {
  const x = Array.from({ length: size }, (_, i) => i);
  const y = x.map((i) => (i * 7919) % 1009);
  return { data: [{ type: "scatter", mode: "lines+markers", x, y }], layout: { width: 680, height: 400 } };
}

const plotly = readFileSync(createRequire(import.meta.url).resolve("plotly.js/dist/plotly.min.js"), "utf8");

function inPageOfItsOwn({ data, layout }: Drawing): Promise<unknown> {
  return withBrowser(async (browser) => {
    const page = await browser.newPage();
    await page.setContent("<!doctype html><body></body>");
    await page.addScriptTag({ content: plotly });
    const figure = JSON.stringify({ data, layout });
    const svg = await page.evaluate(`Plotly.toImage(${figure}, { format: "svg", width: 680, height: 400 })`);
    await page.close();
    return svg;
  });
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Figure } from "../../src/drawing/figure.ts";
import { axis, logAxis, seriesStyle } from "../../src/drawing/theme.ts";
import { closeBrowser } from "../../src/publish/browser.ts";
import { figureFile, figureText } from "../../src/publish/figure-file.ts";
import { figureBundle } from "../../src/publish/show.ts";

const { color } = seriesStyle("run-queue");
const figure: Figure = {
  id: "fig-waits",
  title: "Waits",
  alt: "Waits grow with blockers.",
  data: [
    {
      type: "scatter",
      name: "run-queue",
      x: Uint8Array.of(0, 1, 2),
      y: [1.2345678, Number.NaN, 90],
      line: { color },
    },
  ],
  layout: { xaxis: axis("Blockers", null), yaxis: logAxis("Overhead p99", "µs ≥ 0") },
};
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "figures-"));
  vi.stubEnv("SCHEDULING_SAFETY_FIGURES", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.stubEnv("SCHEDULING_SAFETY_FIGURES", folder);
  await closeBrowser();
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("a figure is one bundle of three forms, its data plain JSON, its SVG the same from every browser", async () => {
  const first = await figureBundle(figure);
  await closeBrowser();
  const second = await figureBundle(figure);
  expect(second).toEqual(first);
  expect(Object.keys(first.data)).toEqual(["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]);
  expect(first.data["application/vnd.plotly.v1+json"]).toMatchObject({
    data: [{ x: [0, 1, 2], y: [1.23457, null, 90] }],
  });
  const svg = String(first.data["image/svg+xml"]);
  expect(svg).toContain("Overhead p99 (µs ≥ 0)");
  expect(svg).toContain("Source Sans 3");
  expect(first.metadata).toMatchObject({ figure: { id: "fig-waits", alt: "Waits grow with blockers." } });
});

test("an SVG is used again only while it and the data are those it was drawn from", async () => {
  const file = figureFile(figure);
  const svg = "<svg>drawn before</svg>\n";
  const store = (stored: string) => {
    writeFileSync(join(folder, "fig-waits.svg"), stored);
    writeFileSync(join(folder, "fig-waits.json"), figureText(file, svg));
  };
  const drawn = async (shown: Figure) => (await figureBundle(shown)).data["image/svg+xml"];

  store(svg);
  expect(await drawn(figure)).toBe(svg);
  expect(await drawn({ ...figure, data: [] })).not.toBe(svg);
  store("<svg>edited by hand</svg>\n");
  expect(await drawn(figure)).toContain("Overhead p99");
  store(svg);
  vi.stubEnv("SCHEDULING_SAFETY_FRESH", "1");
  expect(await drawn(figure)).toContain("Overhead p99");
});

test("a browser that is missing or does not start is named with its remedy", async () => {
  vi.stubEnv("CHROME_PATH", "/nowhere/chrome");
  await expect(figureBundle({ ...figure, id: "fig-none" })).rejects.toThrow(
    "CHROME_PATH must name a Chrome or Chromium binary; got /nowhere/chrome, which does not exist",
  );
  vi.stubEnv("CHROME_PATH", process.execPath);
  await expect(figureBundle({ ...figure, id: "fig-none" })).rejects.toThrow(
    /browser must start to draw figures; .*install Chromium and set CHROME_PATH to its binary$/,
  );
});

test("a figure without id, title or description is refused", async () => {
  await expect(figureBundle({ ...figure, id: "Fig 1" })).rejects.toThrow(
    'figure id must be kebab case; got "Fig 1"',
  );
  await expect(figureBundle({ ...figure, alt: " " })).rejects.toThrow(
    "alt of figure fig-waits must say something",
  );
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

/** White text stands in cells that are filled, on no paper. */
const white = "255,255,255";
const figures = join(projectRoot, "figures");

test("all text of every figure stands out from the paper by 4.5 to 1 or more", () => {
  const names = readdirSync(figures).filter((name) => name.endsWith(".svg"));
  expect(names.length).toBeGreaterThan(30);
  const pale = names.flatMap((name) => {
    const svg = readFileSync(join(figures, name), "utf8");
    return [...svg.matchAll(/<text[^>]*fill: rgb\((\d+), (\d+), (\d+)\)/g)]
      .filter(([, ...channels]) => channels.join() !== white && contrastWithWhite(channels.map(Number)) < 4.5)
      .map(([, ...channels]) => `${name}: rgb(${channels.join(", ")})`);
  });
  expect([...new Set(pale)]).toEqual([]);
});

test("the measure is the one of the guidelines", () => {
  expect(contrastWithWhite([0, 0, 0])).toBe(21);
  expect(contrastWithWhite([118, 118, 118])).toBeCloseTo(4.54, 2);
});

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrastWithWhite(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

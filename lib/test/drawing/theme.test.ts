import { expect, test } from "vitest";
import { axis, FIGURE_WIDTH, logAxis, seriesStyle, themed } from "../../src/drawing/theme.ts";

test("series differ in colour, and those of one dash in symbol", () => {
  const styles = ["run-queue", "piscina", "pinned", "tokio (published)", "bare timer"].map(seriesStyle);
  expect(new Set(styles.map(({ color }) => color)).size).toBe(styles.length);
  expect(new Set(styles.map(({ dash, symbol }) => dash + symbol)).size).toBe(styles.length);
});

test("a series without a style is refused by name", () => {
  expect(() => seriesStyle("tokio")).toThrow(
    "series must be one of run-queue, piscina, pinned, tokio (published), bare timer; got tokio",
  );
});

test("axis titles carry the unit, and more settings are kept", () => {
  expect(axis("Overhead p99", "ms", { range: [0, 5] })).toEqual({
    title: { text: "Overhead p99 (ms)" },
    range: [0, 5],
  });
  expect(logAxis("Blockers", null)).toMatchObject({ title: { text: "Blockers" }, type: "log" });
});

test.each<[range: [number, number], dtick: number | string, why: string]>([
  [[1, 3.2], 1, "a label at each decade"],
  [[1.4, 1.75], "D1", "none of the decades, so every digit: 30, 40, 50"],
  [[-0.1, 0.8], "D2", "one decade, so 1, 2 and 5"],
])("a logarithmic axis over %j decades has dtick %j: %s", (range, dtick) => {
  expect(logAxis("Delay", "ms", { range })).toMatchObject({ dtick });
});

test("a million is written out on a logarithmic axis", () => {
  expect(logAxis("Size", "samples")).toMatchObject({ tickformat: ",~r" });
});

test("the theme lies below what a figure sets itself", () => {
  const figure = Object.freeze({
    id: "a",
    title: "A",
    alt: "A",
    data: [],
    layout: { height: 300, showlegend: false },
  });
  expect(themed(figure).layout).toMatchObject({ width: FIGURE_WIDTH, height: 300, showlegend: false });
});

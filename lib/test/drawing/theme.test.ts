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

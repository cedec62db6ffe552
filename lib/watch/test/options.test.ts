import { expect, test } from "vitest";
import { parseOptions, watchSettings } from "../src/options.ts";

test("reads options from one text", () => {
  expect(parseOptions("holdMs=50, trace=./my trace,stacks=off,metricsPort=9464")).toEqual({
    holdMs: 50,
    trace: "./my trace",
    stacks: false,
    metricsPort: 9464,
  });
  expect(parseOptions("")).toEqual({});
});

test("refuses what it does not know, naming what there is", () => {
  expect(() => parseOptions("holdms=50")).toThrow(/^option is unknown: holdms; there are holdMs, waitMs,/);
  expect(() => watchSettings({ constructor: 1 } as never)).toThrow("option is unknown: constructor");
  expect(() => parseOptions("holdMs=")).toThrow("holdMs must be a number of milliseconds > 0; got NaN");
  expect(() => parseOptions("stacks=yes")).toThrow("stacks must be on or off; got yes");
  expect(() => watchSettings({ metricsPort: 1.5 })).toThrow(
    "metricsPort must be a whole number ≥ 1; got 1.5",
  );
});

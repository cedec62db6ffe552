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
  expect(() => parseOptions("mainMs=10")).toThrow(
    "mainMs must be a number of milliseconds ≥ 20, two beats of the main thread; got 10",
  );
  expect(() => parseOptions("waitMs=Infinity")).toThrow("waitMs must be a number of milliseconds > 0; got");
  expect(() => parseOptions("stacks=yes")).toThrow("stacks must be on or off; got yes");
  expect(() => watchSettings({ traceMiB: 1.5 })).toThrow("traceMiB must be a whole number ≥ 1; got 1.5");
});

test.each([0, -1, 1.5, 65_536])("refuses a port that there is none of: %d", (port) => {
  const refusal = `metricsPort must be a whole number from 1 to 65535; got ${port}`;
  expect(() => watchSettings({ metricsPort: port })).toThrow(refusal);
  expect(() => parseOptions(`metricsPort=${port}`)).toThrow(refusal);
});

test("what is given as nothing is as by default", () => {
  expect(watchSettings({ holdMs: undefined, mainMs: 50 } as never)).toEqual(watchSettings({ mainMs: 50 }));
});

import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import {
  mutexConvoyFailures,
  mutexConvoyThread,
  mutexConvoyWaits,
} from "../../../src/studies/mutex-convoy/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";
import * as frozen from "./frozen-convoy.ts";

const figures: Readonly<Record<string, () => Figure>> = {
  "mutex-convoy-failures": () => mutexConvoyFailures(frozen.failures, 4),
  "mutex-convoy-thread": () => mutexConvoyThread(frozen.latencies),
  "mutex-convoy-waits": () => mutexConvoyWaits(frozen.waits, 4),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  expect(() => {
    figureFile(mutexConvoyFailures([], 2));
    figureFile(mutexConvoyThread([]));
    figureFile(mutexConvoyWaits([], 2));
  }).not.toThrow();
});

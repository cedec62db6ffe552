import { from } from "arquero";
import { expect, test } from "vitest";
import type { Figure } from "../../../src/figures/figure.ts";
import { mutexConvoyFailures } from "../../../src/figures/mutex-convoy/mutex-convoy-failures.ts";
import { mutexConvoyThread } from "../../../src/figures/mutex-convoy/mutex-convoy-thread.ts";
import { mutexConvoyWaits } from "../../../src/figures/mutex-convoy/mutex-convoy-waits.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { testFigures } from "../snapshot.ts";
import * as frozen from "./frozen-convoy.ts";

const figures: Readonly<Record<string, () => Figure>> = {
  "mutex-convoy-failures": () => mutexConvoyFailures(frozen.failures, 4),
  "mutex-convoy-thread": () => mutexConvoyThread(frozen.latencies),
  "mutex-convoy-waits": () => mutexConvoyWaits(frozen.waits, 4),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  const none = from([] as object[]);
  expect(() => {
    figureFile(mutexConvoyFailures(none, 2));
    figureFile(mutexConvoyThread(none));
    figureFile(mutexConvoyWaits(none, 2));
  }).not.toThrow();
});

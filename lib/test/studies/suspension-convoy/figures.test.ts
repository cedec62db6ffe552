import { from } from "arquero";
import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import {
  suspensionConvoyCapacity,
  suspensionConvoyHold,
} from "../../../src/studies/suspension-convoy/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const interval = (name: string, unit: string, value: number) => ({
  [`${name}${unit}`]: value,
  [`${name}Low${unit}`]: value * 0.8,
  [`${name}High${unit}`]: value * 1.2,
});

/** Made up, with the shapes of real summaries. */
const holds = from(
  ["bad", "good"].flatMap((variant) =>
    [0, 1, 2, 3, 4].map((blockers) => ({
      executor: "run-queue",
      variant,
      blockers,
      ...interval("holdP50", "Ms", variant === "good" ? 0.001 : blockers === 4 ? 36 : 1.1),
      ...interval("enrichmentP90", "Ms", variant === "good" ? 0.005 : blockers === 4 ? 60 : 2),
    })),
  ),
);

const capacities = from(
  ["bad", "good"].flatMap((variant) =>
    [0.5, 1, 2, 5, 10, 20].map((consumeMs) => ({
      variant,
      consumeMs,
      ...interval("entriesPerSecond", "", variant === "good" ? 12_000 : 900 / consumeMs),
      lawPerSecond: variant === "good" ? 12_000 : 1000 / consumeMs,
      ...interval("messagesPerSecond", "", 900 / consumeMs),
      channelPerSecond: 1000 / consumeMs,
    })),
  ),
);

const figures: Readonly<Record<string, () => Figure>> = {
  "suspension-convoy-capacity": () => suspensionConvoyCapacity(capacities),
  "suspension-convoy-hold": () => suspensionConvoyHold(holds, 4),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  const none = from([] as object[]);
  expect(() => {
    figureFile(suspensionConvoyCapacity(none));
    figureFile(suspensionConvoyHold(none, 2));
  }).not.toThrow();
});

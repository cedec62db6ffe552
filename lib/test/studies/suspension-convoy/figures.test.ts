import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import type { SuspensionCapacity, SuspensionHold } from "../../../src/studies/suspension-convoy/analysis.ts";
import {
  suspensionConvoyCapacity,
  suspensionConvoyHold,
} from "../../../src/studies/suspension-convoy/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";
import { interval, unmeasured } from "../../summary/interval.ts";

const variants = ["bad", "good"] as const;
const wide = [0.8, 1.2] as const;

/** Made up, with the shapes of real summaries. */
const holds: readonly SuspensionHold[] = variants.flatMap((variant) =>
  [0, 1, 2, 3, 4].map((blockers) => ({
    executor: "run-queue" as const,
    variant,
    blockers,
    ...interval("holdP50", "Ms", variant === "good" ? 0.001 : blockers === 4 ? 36 : 1.1, wide),
    ...interval("enrichmentP90", "Ms", variant === "good" ? 0.005 : blockers === 4 ? 60 : 2, wide),
    runs: 8,
    ...unmeasured("holdP95", "Ms"),
    ...unmeasured("waitP95", "Ms"),
    ...unmeasured("enrichmentP50", "Ms"),
    ...unmeasured("latencyP50", "Ms"),
    ...unmeasured("latencyP99", "Ms"),
    ...unmeasured("late", "Share"),
    ...unmeasured("messagesPerSecond", ""),
  })),
);

const capacities: readonly SuspensionCapacity[] = variants.flatMap((variant) =>
  [0.5, 1, 2, 5, 10, 20].map((consumeMs) => ({
    variant,
    consumeMs,
    ...interval("entriesPerSecond", "", variant === "good" ? 12_000 : 900 / consumeMs, wide),
    runs: 8,
    lawPerSecond: variant === "good" ? 12_000 : 1000 / consumeMs,
    ...interval("messagesPerSecond", "", 900 / consumeMs, wide),
    channelPerSecond: 1000 / consumeMs,
  })),
);

const figures: Readonly<Record<string, () => Figure>> = {
  "suspension-convoy-capacity": () => suspensionConvoyCapacity(capacities),
  "suspension-convoy-hold": () => suspensionConvoyHold(holds, 4),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  expect(() => {
    figureFile(suspensionConvoyCapacity([]));
    figureFile(suspensionConvoyHold([], 2));
  }).not.toThrow();
});

import { from } from "arquero";
import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import { controlsLabels, controlsSteps } from "../../../src/studies/controls/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const interval = (name: string, value: number, spread: number) => ({
  [`${name}Ms`]: value,
  [`${name}LowMs`]: value - spread,
  [`${name}HighMs`]: value + 2 * spread,
});

const labels = from(
  ["run-queue", "piscina", "pinned", "bare-timer"].flatMap((system, i) =>
    ["p50", "p99"].map((quantile, q) => ({
      system,
      quantile,
      ...interval("difference", 0.01 * (i - 1), 0.05 * (1 + 4 * q)),
    })),
  ),
);

const steps = from([
  ...["bare timer", "run queue", "run queue, dispatcher first", "pinned"].map((step, i) => ({
    step,
    tasks: 500,
    ...interval("p99", 1 + i / 2, 0.3),
    ...interval("wait", 0.1 + 0.3 * i, 0.05),
  })),
  { step: "piscina", tasks: 50, ...interval("p99", 3, 1), ...interval("wait", 1, 0.1) },
]);

const figures: Readonly<Record<string, () => Figure>> = {
  "controls-labels": () => controlsLabels(labels),
  "controls-steps": () => controlsSteps(steps, 500),
};

testFigures(figures);

test("a profile without these steps gives a figure all the same", () => {
  expect(() => controlsSteps(from([] as object[]), 500)).not.toThrow();
  expect(() => controlsLabels(from([] as object[]))).not.toThrow();
});

import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import type { LabelDifference } from "../../../src/studies/controls/analysis/no-difference.ts";
import type { NoiseStep } from "../../../src/studies/controls/analysis/noise-steps.ts";
import { controlsLabels, controlsSteps } from "../../../src/studies/controls/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const none = { estimate: null, low: null, high: null };

const interval = <Name extends string>(name: Name, value: number, spread: number) =>
  intervalColumns(name, "Ms", { estimate: value, low: value - spread, high: value + 2 * spread });

const labels: LabelDifference[] = (["run-queue", "piscina", "pinned", "bare-timer"] as const).flatMap(
  (system, i) =>
    (["p50", "p99"] as const).map((quantile, q) => ({
      system,
      quantile,
      ...{ runsA: 15, runsB: 15, pValue: null },
      ...interval("difference", 0.01 * (i - 1), 0.05 * (1 + 4 * q)),
    })),
);

const unmeasured = {
  runs: 25,
  ...intervalColumns("p50", "Ms", none),
  ...intervalColumns("ratio", "", none),
  ...intervalColumns("futexRatio", "", none),
  ...intervalColumns("preemptions", "", none),
};

const steps: NoiseStep[] = [
  ...(["bare timer", "run queue", "run queue, dispatcher first", "pinned"] as const).map((step, i) => ({
    ...unmeasured,
    step,
    tasks: 500,
    ...interval("p99", 1 + i / 2, 0.3),
    ...interval("wait", 0.1 + 0.3 * i, 0.05),
  })),
  { ...unmeasured, step: "piscina", tasks: 50, ...interval("p99", 3, 1), ...interval("wait", 1, 0.1) },
];

const figures: Readonly<Record<string, () => Figure>> = {
  "controls-labels": () => controlsLabels(labels),
  "controls-steps": () => controlsSteps(steps, 500),
};

testFigures(figures);

test("a profile without these steps gives a figure all the same", () => {
  expect(() => controlsSteps([], 500)).not.toThrow();
  expect(() => controlsLabels([])).not.toThrow();
});

import { expect, test } from "vitest";
import type { Figure } from "../../src/drawing/figure.ts";
import { figureFile } from "../../src/publish/figure-file.ts";
import {
  requestTimeoutsFailures,
  requestTimeoutsLatency,
  requestTimeoutsOpenLoop,
  requestTimeoutsVictims,
} from "../../src/studies/request-timeouts/figures.ts";
import { schedulingDelayComponents } from "../../src/studies/scheduling-delay/figures/components.ts";
import { schedulingDelayDesigns } from "../../src/studies/scheduling-delay/figures/designs.ts";
import { schedulingDelayFloor } from "../../src/studies/scheduling-delay/figures/floor.ts";
import { schedulingDelayOverhead } from "../../src/studies/scheduling-delay/figures/overhead.ts";
import { schedulingDelayRatio } from "../../src/studies/scheduling-delay/figures/ratio.ts";
import { schedulingDelayWorkers } from "../../src/studies/scheduling-delay/figures/workers.ts";
import { testFigures } from "../drawing/snapshot.ts";
import * as frozen from "./frozen-tables.ts";

const figures: Readonly<Record<string, () => Figure>> = {
  "request-timeouts-failures": () => requestTimeoutsFailures(frozen.failures, frozen.publishedFailures, 4),
  "request-timeouts-latency": () => requestTimeoutsLatency(frozen.latencies, 4),
  "request-timeouts-open-loop": () => requestTimeoutsOpenLoop(frozen.failures, 4),
  "request-timeouts-victims": () => requestTimeoutsVictims(frozen.victims),
  "scheduling-delay-components": () => schedulingDelayComponents(frozen.components, 4),
  "scheduling-delay-designs": () => schedulingDelayDesigns(frozen.designs, frozen.floor),
  "scheduling-delay-floor": () => schedulingDelayFloor(frozen.floor),
  "scheduling-delay-overhead": () =>
    schedulingDelayOverhead(frozen.delays, frozen.floor, frozen.publishedDelays, 4),
  "scheduling-delay-ratio": () => schedulingDelayRatio(frozen.delays, frozen.publishedDelays, 4),
  "scheduling-delay-workers": () => schedulingDelayWorkers(frozen.delays, frozen.floor),
};

testFigures(figures);

test("a profile that measured little gives figures all the same", () => {
  const little = frozen.delays
    .slice(0, 1)
    .map((row) => ({ ...row, workers: 2, blockers: 0, p50Ms: 0.3, p99Ms: null, ratio: null }));
  expect(() => {
    figureFile(schedulingDelayOverhead(little, [], frozen.publishedDelays, 2));
    figureFile(schedulingDelayRatio(little, frozen.publishedDelays, 2));
    figureFile(schedulingDelayWorkers(little, []));
  }).not.toThrow();
});

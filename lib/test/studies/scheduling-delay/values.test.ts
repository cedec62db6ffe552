import { expect, test } from "vitest";
import {
  delayComponents,
  delayDesigns,
  delayPercentiles,
  noiseFloor,
} from "../../../src/studies/scheduling-delay/analysis.ts";
import { experiment } from "../../../src/studies/scheduling-delay/experiment.ts";
import { delayValues } from "../../../src/studies/scheduling-delay/values.ts";
import { hostFacts } from "../../../src/summary/host-facts.ts";
import type { Manifest } from "../../../src/tables/manifest.ts";
import { datasetOf, ramp } from "../../summary/dataset-of.ts";

const untold = { clockSource: null, governor: null, cgroupQuotaCpus: null, virtualised: null };
const machine = { label: "test-host", cpuModel: "Test CPU", cores: 2, memoryGiB: 8, ...untold };
const manifest: Partial<Manifest> = {
  profile: "quick",
  date: "2026-01-02",
  runs: { planned: 5, valid: 4, invalid: { steal: 1 } },
  host: { ...machine, platform: "linux", arch: "x64", kernel: "6.1" },
  software: {
    ...{ node: "26.0.0", v8: "", libuv: "", flags: [], runtime: "locked" },
    ...{ packages: {}, lockfileSha256: null },
  },
};

const dataset = datasetOf(
  experiment(),
  [1, 2].flatMap((run) => [...ramp(run, 1000, { blockers: 3 }), ...ramp(run + 2, 1000, { blockers: 4 }, 40)]),
  manifest,
);

test("what a reader needs to know of the host is one table", () => {
  const facts = Object.fromEntries(
    hostFacts({ ...dataset, manifest: { ...dataset.manifest, ...manifest, parameters } }).map(
      ({ fact, value }) => [fact, value],
    ),
  );
  expect(facts).toMatchObject({
    Processor: "Test CPU",
    Cores: "2",
    "Clock source": "not told",
    Design: "base 2 × 2",
    Runs: "4 valid of 5",
    "Rules broken": "steal: 1",
  });
});

test("values are named by what the blockers leave, and null where nothing was measured", () => {
  const values = delayValues(dataset, {
    delays: delayPercentiles(dataset),
    components: delayComponents(dataset),
    designs: delayDesigns(dataset),
    floor: noiseFloor(dataset),
  });
  expect(values).toMatchObject({
    workers: 4,
    invalidRuns: 1,
    hostCpu: "Test CPU",
    p99RunQueueBelowMs: expect.closeTo(0.99, 9),
    p99RunQueueAtMs: expect.closeTo(39.6, 9),
    stepRunQueueOriginal: expect.closeTo(40, 6),
    p99RunQueueFreeMs: null,
    p99PiscinaAtMs: null,
    stepRunQueueBurst: null,
    floorP99Ratio500Probes: null,
  });
  expect(Object.keys(values).filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name))).toEqual([]);
});

const parameters = {
  blocks: 2,
  factors: {},
  parts: [{ name: "base", scenarios: 2, replicates: 2 }],
  restriction: {},
};

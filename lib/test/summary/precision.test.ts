import { expect, test } from "vitest";
import { precisionByPart } from "../../src/summary/precision-by-part.ts";
import { columnOf } from "../../src/tables/column-of.ts";
import type { Manifest } from "../../src/tables/manifest.ts";
import type { PrimaryResponse } from "../../src/tables/primary-response.ts";
import { anyExperiment, datasetOf, type SampleRow } from "./dataset-of.ts";

const primary: PrimaryResponse = {
  rule: "failureRate",
  count: (samples) => {
    const failed = Array.from(columnOf(samples, "failed"));
    return { failed: failed.filter(Boolean).length, trials: failed.length };
  },
};

/** One run of 100 requests, of which some fail. */
function run(number: number, clients: number, failures: number, valid = true): SampleRow[] {
  return Array.from({ length: 100 }, (_, i) => ({
    run: number,
    order: number,
    part: "base",
    clients,
    valid,
    wallMs: 1000,
    failed: i < failures,
  }));
}

const manifest = {
  parameters: {
    blocks: 8,
    factors: { clients: [5, 20] },
    parts: [{ name: "base", scenarios: 2, replicates: 8 }],
    restriction: {},
  },
} as unknown as Manifest;

test("a part's table tells the precision of its scenarios and the time of the runs that were not made", () => {
  const rows = [
    ...[0, 1, 2, 3, 4].flatMap((n) => run(n, 5, 0)),
    ...[50, 0, 50, 0, 50, 0, 50, 0].flatMap((failures, n) => run(10 + n, 20, failures)),
  ];
  expect(precisionByPart(datasetOf({ ...anyExperiment, primary }, rows, manifest))).toMatchObject([
    { part: "base", primary: "failureRate", scenarios: 2, precise: 1, runs: 13, fixedRuns: 16, savedS: 3 },
  ]);
});

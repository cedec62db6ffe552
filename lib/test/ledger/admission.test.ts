import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { admissionRules, admit } from "../../src/ledger/hosts/admission.ts";
import type { ExperimentDeclaration } from "../../src/tables/experiment-declaration.ts";
import { single, writeHost, writeRun } from "./fixtures/host-data-set.ts";

function temporaryHost(): string {
  const folder = mkdtempSync(join(tmpdir(), "admission-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "host");
}

test.each([
  [100, null],
  [90, null],
  [89, "validity: 89 % of its runs are valid"],
  [0, "validity: 0 % of its runs are valid"],
])("nine runs of ten must be valid: of a hundred, %i are", (valid, reason) => {
  const host = writeHost(temporaryHost(), 3, 0.5, { runs: { planned: 100, valid, invalid: {} } });
  const { admitted, refused } = admit([host], [single]);
  expect(refused.map((table) => table.reason)).toEqual(reason === null ? [] : [reason]);
  expect(admitted).toHaveLength(reason === null ? 1 : 0);
});

/** The blocker sweep, as far as the floors of a host are read from it. */
const sweep: ExperimentDeclaration = {
  name: "scheduling-delay",
  question: "",
  factors: {
    executor: { unit: "", meaning: "executor", levels: ["run-queue"] },
    workers: { unit: "1", meaning: "workers", levels: [4] },
    blockers: { unit: "1", meaning: "blockers", levels: [0] },
  },
  response: {
    source: { type: "category", unit: "", meaning: "bare timer, or probe on an executor" },
    overheadNs: { type: "int64", unit: "ns", meaning: "how late it woke" },
  },
};

/** A host with this p99 of its bare timers, and a ratio that tells it from others. */
function withFloor(p99Ms: number, ratio = 3): string {
  const samples = {
    source: new Array<string>(1000).fill("bare-timer"),
    overheadNs: Array.from({ length: 1000 }, (_, i) => Math.round((p99Ms * 1e6 * (i + 1)) / 990)),
  };
  const host = writeHost(temporaryHost(), ratio, 0.5);
  return writeRun(host, sweep, { executor: "run-queue", workers: 4, blockers: 0 }, samples);
}

test.each([
  [1, null],
  [5, null],
  [5.02, "floor: p99 of the bare timer is 5.02 ms"],
])(
  "a host whose bare timers are late by more than 5 ms is refused with all it measured: %f ms",
  (ms, reason) => {
    const { admitted, refused } = admit([withFloor(ms)], [single, sweep]);
    expect(refused.map((table) => table.reason)).toEqual(reason === null ? [] : [reason, reason]);
    expect(admitted.map(({ manifest }) => manifest.experiment)).toEqual(
      reason === null ? ["scheduling-delay", "single"] : [],
    );
  },
);

test("a blocker sweep that is damaged is refused alone, and stops no other host", () => {
  const [damaged, whole] = [withFloor(1, 3), withFloor(1.5, 4)];
  appendFileSync(join(damaged, "scheduling-delay", "samples.arrow"), "x");
  const { admitted, refused } = admit([damaged, whole], [single, sweep]);
  expect(refused).toMatchObject([
    { experiment: "scheduling-delay", reason: expect.stringMatching(/^table: /) },
  ]);
  expect(admitted.map(({ folder, manifest }) => [folder, manifest.experiment])).toEqual([
    [damaged, "single"],
    [whole, "scheduling-delay"],
    [whole, "single"],
  ]);
});

test("the rules say their limits", () => {
  expect(admissionRules).toContainEqual(expect.stringContaining("at least 90 % of its runs"));
  expect(admissionRules).toContainEqual(expect.stringContaining("bare timer is at most 5 ms"));
});

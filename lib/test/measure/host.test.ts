import { availableParallelism, cpus } from "node:os";
import { expect, test } from "vitest";
import { readCpuAccounts } from "../../src/measure/cpu-accounts.ts";
import { readCpuPressure } from "../../src/measure/cpu-pressure.ts";
import { describeHost, hostLabel } from "../../src/measure/host-description.ts";
import { watchConditions } from "../../src/measure/watch-conditions.ts";

test.each([
  ["Intel(R) Xeon(R) Processor", 2, "intel-xeon-2-cores"],
  ["Intel(R) Xeon(R) CPU E5-2673 v4 @ 2.30GHz", 4, "intel-xeon-e5-2673-v4-4-cores"],
  ["Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz", 8, "intel-core-i7-8650u-8-cores"],
  ["AMD EPYC 7763 64-Core Processor", 1, "amd-epyc-7763-1-core"],
  ["Apple M2", 8, "apple-m2-8-cores"],
  ["", 4, "unknown-4-cores"],
])("%s with %i cores is labelled %s %s", (model, cores, label) => {
  expect(hostLabel(model, cores)).toBe(label);
});

test("this host has a label fit for a folder name", () => {
  expect(describeHost().label).toMatch(/^[a-z0-9-]+-cores?$/);
});

test("a container that tells nothing of its CPUs is described all the same", () => {
  const told = describeHost([]);
  expect(told).toMatchObject({ cpuModel: "unknown", cores: availableParallelism() });
  expect(told.label).toMatch(/^unknown-\d+-cores?$/);
});

test("CPU accounts add up /proc/stat, guest time counted once", () => {
  const stat = "cpu  100 10 50 800 20 3 7 10 40 5\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5\n";
  expect(readCpuAccounts(stat)).toEqual({ total: 1000, busy: 170, steal: 10 });
  expect(readCpuAccounts("intr 5\n")).toBeNull();
});

test("pressure reads the line for some threads", () => {
  const text =
    "some avg10=12.50 avg60=0.48 avg300=1.03 total=12456928\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n";
  expect(readCpuPressure(text)).toEqual({ avg10: 0.125, avg60: 0.0048, totalUs: 12_456_928 });
  expect(readCpuPressure("")).toBeNull();
});

test("conditions of a moment too short to tell are unknown, not zero", async () => {
  const moment = async () => {
    const stop = await watchConditions();
    return stop();
  };
  // A busy host may take the core away within it, until all cores together have told of enough ticks.
  const tooLongMs = 100 / cpus().length;
  let conditions = await moment();
  while (conditions.wallMs > tooLongMs) conditions = await moment();
  expect(conditions.wallMs).toBeGreaterThanOrEqual(0);
  expect(conditions).toMatchObject({ stealShare: null, otherCpuShare: null });
});

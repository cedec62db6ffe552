import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { describeDataSet } from "../../src/publish/describe-data-set.ts";
import { readManifest } from "../../src/tables/manifest.ts";

const manifest = readManifest(join(projectRoot, "data", "reference", "amd-epyc-2-cores", "blame"));
const of = (date: string, node = "26.10.0", profile: "full" | "quick" = "full") => ({
  ...manifest,
  date,
  profile,
  software: { ...manifest.software, node },
});

test("a data set of one day is told in one phrase", () => {
  expect(describeDataSet([of("2026-11-30"), of("2026-11-30")])).toBe(
    "AMD EPYC, 2 cores; Node.js 26.10.0; full profile; 2026-11-30",
  );
});

test("days, runtimes and profiles that differ between its experiments are all told", () => {
  expect(describeDataSet([of("2026-11-30"), of("2026-11-28"), of("2026-11-29", "24.8.0", "quick")])).toBe(
    "AMD EPYC, 2 cores; Node.js 26.10.0 and 24.8.0; full and quick profiles; 2026-11-28 to 2026-11-30",
  );
});

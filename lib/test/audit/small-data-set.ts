import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Experiment } from "../../src/design/experiment.ts";
import { assembleTables } from "../../src/harness/assemble-tables.ts";
import { fingerprint, identifyCampaign } from "../../src/harness/campaign-identity.ts";
import type { Part, RunRow } from "../../src/harness/part.ts";
import { planRuns } from "../../src/harness/plan.ts";
import { type Manifest, writeManifest } from "../../src/tables/manifest.ts";
import { countRules } from "../../src/tables/validity.ts";
import { wholeManifest } from "../tables/whole-manifest.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Two scenarios, five replicates each, and three samples a run. */
export const coins: Experiment = {
  name: "coins",
  question: "How often do coins show heads?",
  factors: { coin: { unit: "", meaning: "which coin", levels: ["fair", "bent"] } },
  response: { headsNs: { type: "int64", unit: "ns", meaning: "time on heads" } },
  primary: { rule: "p99", durationsNs: ({ headsNs }) => Float64Array.from(headsNs ?? [], Number) },
  design: () => [
    { name: "base", scenarios: [{ coin: "fair" }, { coin: "bent" }], replicates: 5 },
    { name: "unused", scenarios: [{ coin: "fair" }], replicates: 0 },
  ],
  expectedMs: () => 1,
  run: () => Promise.reject(new Error("nobody tosses here")),
};

export interface Changes {
  /** In place of coins: one of its kind. */
  readonly experiment?: Experiment;
  readonly rows?: (rows: readonly RunRow[]) => readonly RunRow[];
  readonly manifest?: Partial<Manifest>;
}

/** Writes a data set of coins as a campaign would have, but for the changes; the manifest's hashes always fit. */
export function smallDataSet({
  experiment = coins,
  rows: change = (rows) => rows,
  manifest: changes,
}: Changes = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  folders.push(folder);
  const own = join(folder, experiment.name);
  mkdirSync(own);
  const plan = planRuns(experiment, "full", 1);
  const rows = change(plan.jobs.map(({ scenario, ...job }): RunRow => ({ ...job, ...scenario, ...outcome })));
  const parts = rows.map((row): Part => {
    const run = Uint32Array.of(...[0, 0, 0].fill(Number(row["run"])));
    return { row, samples: { run, headsNs: Float64Array.of(1, 2, Number(row["run"])) } };
  });
  const tables = assembleTables(own, experiment, parts);
  const sha256 = "0".repeat(64);
  const identity = identifyCampaign(experiment, "full", 1, plan, sha256, null);
  const count = (valid: boolean) => rows.filter((row) => row["valid"] === valid).length;
  writeManifest(own, {
    ...wholeManifest({ experiment: experiment.name, question: experiment.question, tables }),
    runs: {
      planned: rows.length,
      valid: count(true),
      invalid: countRules(rows.map((row) => row["invalidReason"])),
    },
    parameters: {
      blocks: 5,
      factors: { coin: ["fair", "bent"] },
      parts: [{ name: "base", scenarios: 2, replicates: 5 }],
      restriction: {},
    },
    identity: { design: identity.design, tables: identity.tables },
    plan: fingerprint(identity),
    ...changes,
  });
  return folder;
}

const outcome = {
  startedMs: 0,
  wallMs: 1,
  valid: true,
  invalidReason: null,
  stealShare: 0,
  pressureShare: 0,
  otherCpuShare: 0,
  dispatcherDelayP99Ns: null,
  lostSamples: 0,
};

import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Experiment } from "../../src/design/experiment.ts";
import { assembleTables } from "../../src/harness/assemble-tables.ts";
import { fingerprint, identifyCampaign } from "../../src/harness/campaign-identity.ts";
import type { Part, RunRow } from "../../src/harness/part.ts";
import { planRuns } from "../../src/harness/plan.ts";
import { Replication } from "../../src/harness/replication.ts";
import { precisionRules } from "../../src/stats/precision.ts";
import { type Manifest, readManifest, writeManifest } from "../../src/tables/manifest.ts";
import { earlierRunsSchemas, runsSchema } from "../../src/tables/runs-schema.ts";
import { samplesSchema } from "../../src/tables/samples-schema.ts";
import { sha256File } from "../../src/tables/sha256-file.ts";
import { countRules } from "../../src/tables/validity.ts";
import { writeTable } from "../../src/tables/write-table.ts";
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
  /** Times on heads of one run; by default 1, 2 and the run's number. */
  readonly headsNs?: (row: RunRow) => readonly number[];
  /** Replicates end when a coin is known well enough, each with more of them and more tosses a run. */
  readonly replicated?: boolean;
  /** Its runs saw nothing of stalls, as those of former campaigns. */
  readonly former?: boolean;
}

/** As coins, with replicates enough to end early. */
export const manyCoins: Experiment = {
  ...coins,
  design: () => [{ name: "base", scenarios: [{ coin: "fair" }, { coin: "bent" }], replicates: 9 }],
};

/** Writes a data set of coins as a campaign would have, but for the changes; the manifest's hashes always fit. */
export function smallDataSet({
  replicated = false,
  experiment = replicated ? manyCoins : coins,
  rows: change = (rows) => rows,
  manifest: changes,
  former = false,
  headsNs = replicated ? manyTosses : ({ run }) => [1, 2, Number(run)],
}: Changes = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  folders.push(folder);
  const own = join(folder, experiment.name);
  mkdirSync(own);
  const plan = planRuns(experiment, "full", 1);
  const replication = new Replication(experiment, plan);
  const rows = change(
    plan.jobs.flatMap((job): RunRow[] => {
      if (replicated && !replication.needs(job)) return [];
      const { scenario, ...place } = job;
      const row = { ...place, ...scenario, ...outcome, startedMs: 10 * job.run };
      replication.add(job, { row, samples: { headsNs: Float64Array.from(headsNs(row)) } });
      return [row];
    }),
  );
  const parts = rows.map((row): Part => {
    const tossed = Float64Array.from(headsNs(row));
    const run = new Uint32Array(tossed.length).fill(Number(row["run"]));
    return { row, samples: { run, headsNs: tossed } };
  });
  const assembled = assembleTables(own, experiment, parts);
  const tables = former ? { ...assembled, runs: rewriteAsFormer(own, rows) } : assembled;
  const sha256 = "0".repeat(64);
  const today = identifyCampaign(experiment, "full", 1, plan, sha256, replicated ? precisionRules : null);
  const identity = former
    ? { ...today, tables: fingerprint([formerSchema, samplesSchema(experiment)]) }
    : today;
  const count = (valid: boolean) => rows.filter((row) => row["valid"] === valid).length;
  writeManifest(own, {
    ...wholeManifest({ experiment: experiment.name, question: experiment.question, tables }),
    runs: {
      planned: rows.length,
      valid: count(true),
      invalid: countRules(rows.map((row) => row["invalidReason"])),
    },
    parameters: {
      blocks: plan.blocks,
      factors: { coin: ["fair", "bent"] },
      parts: [{ name: "base", scenarios: 2, replicates: plan.blocks }],
      restriction: {},
    },
    ...(replicated && { replication: replication.describe() }),
    identity: { design: identity.design, tables: identity.tables },
    plan: fingerprint(identity),
    ...changes,
  });
  // Fields in the order in which a campaign writes them.
  writeManifest(own, readManifest(own));
  return folder;
}

/** The fair coin is known well after a few runs: it falls alike; the bent one never. */
export function manyTosses({ coin, run }: RunRow): number[] {
  const spread = coin === "bent" ? 50 * (1 + Number(run)) : 1;
  return Array.from({ length: 400 }, (_, toss) => 1000 + ((toss * 7919) % 400) * spread);
}

const [formerSchema = runsSchema(coins)] = earlierRunsSchemas(coins);

/** Former campaigns wrote their runs without what they did not see. */
function rewriteAsFormer(folder: string, rows: readonly RunRow[]): Manifest["tables"]["runs"] {
  const path = join(folder, "runs.arrow");
  const columns = Object.keys(formerSchema).map((name) => [name, rows.map((row) => row[name] ?? null)]);
  writeTable(path, formerSchema, Object.fromEntries(columns));
  return { rows: rows.length, bytes: statSync(path).size, sha256: sha256File(path) };
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

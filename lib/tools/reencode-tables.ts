/**
 * Encodes the tables of finished experiments anew, with the same values, and seals their manifests: for data that were
 * measured before tables were readable by every Arrow implementation and manifests sealed. The same input gives the same
 * bytes; the manifest keeps the hashes of the files as the campaign wrote them.
 *
 *     node lib/tools/reencode-tables.ts data/reference/HOST/EXPERIMENT …
 */
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Profile } from "../src/experiments/experiment.ts";
import { declareExperiments } from "../src/experiments/registry.ts";
import { fingerprint, identifyCampaign } from "../src/harness/campaign-identity.ts";
import { planRuns } from "../src/harness/plan.ts";
import { DataError } from "../src/measure/study-error.ts";
import { type Manifest, type TableRecord, writeManifest } from "../src/tables/manifest.ts";
import { runsFile, samplesFile } from "../src/tables/read-experiment.ts";
import { readTable } from "../src/tables/read-table.ts";
import { runsSchema } from "../src/tables/runs-schema.ts";
import { samplesSchema } from "../src/tables/samples-schema.ts";
import type { Schema } from "../src/tables/schema.ts";
import { sha256File } from "../src/tables/sha256-file.ts";
import { writeTable } from "../src/tables/write-table.ts";

for (const folder of process.argv.slice(2)) reencode(resolve(folder));

function reencode(folder: string): void {
  const old = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const { experiment: name, profile, seed, parameters, code, replication, tables } = old as Manifest;
  const workers = (parameters.factors["workers"] ?? []).map(Number);
  const experiment = declareExperiments(workers.length > 0 ? workers : undefined).find(
    (each) => each.name === name,
  );
  if (!experiment) throw new DataError(`experiment is unknown: ${name}`);
  const full = profile as Profile;
  const planned = planRuns(experiment, full, seed, parameters.restriction);
  const known = identifyCampaign(experiment, full, seed, planned, code.sha256, replication === undefined);
  if (fingerprint(known) !== old.plan) throw new DataError(`plan is not what this version plans: ${folder}`);
  const identity = { design: known.design, tables: known.tables };
  const encoded = {
    runs: rewrite(join(folder, runsFile), runsSchema(experiment), tables.runs),
    samples: rewrite(join(folder, samplesFile), samplesSchema(experiment), tables.samples),
  };
  const { seals: _, identity: __, tables: ___, plan, ...rest } = old;
  writeManifest(folder, { ...rest, identity, plan, tables: encoded });
}

function rewrite(path: string, schema: Schema, record: TableRecord): TableRecord {
  const before = sha256File(path);
  if (before !== record.sha256)
    throw new DataError(`table was altered: ${path}; restore it from version control`);
  const { columns, metadata } = readTable(path, schema);
  writeTable(path, schema, columns, metadata);
  const sha256 = sha256File(path);
  const reencodedFrom = record.reencodedFrom ?? (sha256 === before ? undefined : before);
  return { rows: record.rows, bytes: statSync(path).size, sha256, ...(reencodedFrom && { reencodedFrom }) };
}

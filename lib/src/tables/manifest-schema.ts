import * as v from "valibot";
import type { Manifest } from "./manifest.ts";

/** A SHA-256 in hexadecimal. */
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const name = v.pipe(v.string(), v.nonEmpty());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const level = v.union([v.string(), v.number()]);
const levels = v.record(name, v.array(level));
/** The largest pool that is simulated; what is measured has far fewer. */
const workerCount = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 20));
/** Numbers of workers are those at which a reader declares the experiment again. */
const factors = v.intersect([
  levels,
  v.looseObject({ workers: v.exactOptional(v.pipe(v.array(workerCount), v.maxLength(64))) }),
]);
const table = v.strictObject({ rows: count, bytes: count, sha256, reencodedFrom: v.optional(sha256) });

const cell = v.strictObject({
  part: name,
  levels: v.record(name, level),
  cap: count,
  runs: count,
  valid: count,
  precision: v.nullable(v.pipe(v.number(), v.minValue(0))),
  ended: v.picklist(["precise", "capped"]),
  savedMs: v.pipe(v.number(), v.minValue(0)),
});

/** How a campaign is carried out. */
export const campaignProfile = v.picklist(["smoke", "quick", "full", "sequential"]);

/** How busy a machine was. */
export const hostState = v.strictObject({
  load: v.array(v.pipe(v.number(), v.minValue(0))),
  pressure: v.nullable(v.strictObject({ avg10: share, avg60: share, totalUs: count })),
  stealShare: v.nullable(share),
});

/** What a manifest must look like, field by field; nothing more and nothing less. */
export const manifestSchema: v.GenericSchema<unknown, Manifest & { readonly seals: Record<string, string> }> =
  v.strictObject({
    experiment: name,
    question: v.string(),
    profile: campaignProfile,
    seed: count,
    date: v.pipe(v.string(), v.isoDate()),
    warnings: v.array(v.string()),
    runs: v.strictObject({ planned: count, valid: count, invalid: v.record(name, count) }),
    parameters: v.strictObject({
      blocks: count,
      factors,
      parts: v.array(v.strictObject({ name, scenarios: count, replicates: count })),
      restriction: levels,
    }),
    replication: v.optional(
      v.strictObject({
        primary: name,
        scale: name,
        within: v.pipe(v.number(), v.minValue(0)),
        minimum: count,
        cells: v.array(cell),
      }),
    ),
    sequential: v.optional(
      v.strictObject({
        looks: v.array(v.strictObject({ runs: count, level: share })),
        budgetMs: v.nullable(v.pipe(v.number(), v.minValue(0))),
        asked: v.optional(v.array(name)),
        claims: v.array(v.strictObject({ claim: name, looks: count, verdict: name })),
        cells: v.array(v.strictObject({ part: name, levels: v.record(name, level), runs: count })),
      }),
    ),
    validityRules: v.array(name),
    host: v.strictObject({
      label: name,
      cpuModel: name,
      cores: v.pipe(count, v.minValue(1)),
      memoryGiB: count,
      platform: name,
      arch: name,
      kernel: name,
      clockSource: v.nullable(v.string()),
      governor: v.nullable(v.string()),
      cgroupQuotaCpus: v.nullable(v.number()),
      virtualised: v.nullable(v.boolean()),
    }),
    conditions: v.strictObject({ before: hostState, after: hostState }),
    software: v.strictObject({
      node: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+/)),
      v8: name,
      libuv: name,
      flags: v.array(v.string()),
      runtime: v.picklist(["locked", "system"]),
      packages: v.record(name, name),
      lockfileSha256: v.nullable(sha256),
    }),
    code: v.strictObject({
      commit: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/))),
      dirty: v.nullable(v.boolean()),
      sha256,
    }),
    identity: v.strictObject({ design: sha256, tables: sha256 }),
    plan: sha256,
    tables: v.strictObject({ runs: table, samples: table }),
    seals: v.record(name, sha256),
  });

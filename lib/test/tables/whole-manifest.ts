import type { Manifest } from "../../src/tables/manifest.ts";
import { validityRules } from "../../src/tables/validity.ts";

const state = { load: [0, 0, 0], pressure: null, stealShare: null };
const sha256 = "0".repeat(64);

/** A manifest with every field, for tables that a test has made; the changes are what the test is about. */
export function wholeManifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    experiment: "test",
    question: "Is it whole?",
    profile: "full",
    seed: 1,
    date: "2026-11-22",
    warnings: [],
    runs: { planned: 0, valid: 0, invalid: {} },
    parameters: { blocks: 1, factors: {}, parts: [], restriction: {} },
    validityRules,
    host: {
      label: "test-host-2-cores",
      cpuModel: "Test Host",
      cores: 2,
      memoryGiB: 4,
      platform: "linux",
      arch: "x64",
      kernel: "6.0.0",
      clockSource: "tsc",
      governor: null,
      cgroupQuotaCpus: null,
      virtualised: false,
    },
    conditions: { before: state, after: state },
    software: {
      node: process.versions.node,
      v8: process.versions.v8,
      libuv: process.versions.uv,
      flags: [],
      runtime: "locked",
      packages: { piscina: "5.3.2" },
      lockfileSha256: "f".repeat(64),
    },
    code: { commit: "c".repeat(40), dirty: false, sha256 },
    identity: { design: sha256, tables: sha256 },
    plan: sha256,
    tables: { runs: { rows: 0, bytes: 0, sha256 }, samples: { rows: 0, bytes: 0, sha256 } },
    ...changes,
  };
}

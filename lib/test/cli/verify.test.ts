import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { registerVerify } from "../../src/cli/verify.ts";
import { fingerprint } from "../../src/harness/campaign-identity.ts";
import { identifyCode } from "../../src/harness/code-identity.ts";
import { codeChanged } from "../../src/harness/describe-software.ts";
import type { RunRow } from "../../src/harness/part.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { defineStudy, type Study } from "../../src/studies/study.ts";
import { type Manifest, readManifest, writeManifest } from "../../src/tables/manifest.ts";
import { samplesSchema } from "../../src/tables/samples-schema.ts";
import type { Schema } from "../../src/tables/schema.ts";
import { sealsOf } from "../../src/tables/seals.ts";
import { sha256File } from "../../src/tables/sha256-file.ts";
import { validityRules } from "../../src/tables/validity.ts";
import { writeTable } from "../../src/tables/write-table.ts";
import { type Changes, coins, manyCoins, manyTosses, smallDataSet } from "../audit/small-data-set.ts";

const module = new URL("../audit/small-data-set.ts", import.meta.url);
const study = defineStudy({ name: coins.name, module, experiment: () => coins, claims: [], figures: {} });
const many = defineStudy({ name: coins.name, module, experiment: () => manyCoins, claims: [], figures: {} });

let complained: string;
beforeEach(() => {
  complained = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  return () => vi.restoreAllMocks();
});

async function verify(
  folder: string,
  declared: Study = study,
): Promise<{ code: number; complained: string }> {
  complained = "";
  const code = await runCli(["verify", folder], [registerVerify], { studies: [declared], print: () => {} });
  return { code, complained };
}

/** Flips of a bit that are tried; all of them are found, whichever they are. */
const flips = process.env["FAULTS"] === "long" ? 1000 : 100;

test("an experiment under the name of another one is refused", async () => {
  const data = smallDataSet();
  renameSync(join(data, coins.name), join(data, "dice"));
  const { code, complained } = await verify(data);
  expect(code).toBe(1);
  expect(complained).toBe(
    `error: folder holds coins under another name: ${join(data, "dice")}; rename it to coins\n`,
  );
});

test("experiments of two hosts are no data set", async () => {
  const dice = { ...coins, name: "dice" };
  const data = smallDataSet();
  const { host } = readManifest(join(data, coins.name));
  const elsewhere = { ...host, cores: 4, label: "test-host-4-cores" };
  const other = smallDataSet({ experiment: dice, manifest: { host: elsewhere } });
  renameSync(join(other, dice.name), join(data, dice.name));
  const studies = [study, defineStudy({ ...study, name: dice.name, experiment: () => dice })];
  const code = await runCli(["verify", data], [registerVerify], { studies, print: () => {} });
  expect(code).toBe(1);
  expect(complained).toBe(
    `error: data contradict themselves: ${data}, dice was measured on test-host-4-cores (linux, x64), coins on test-host-2-cores (linux, x64); keep a data set for each host\n`,
  );
});

describe("a flipped bit", () => {
  test.each(["manifest.json", "runs.arrow", "samples.arrow"])(
    `of %s is found, each of ${flips}`,
    async (name) => {
      const data = smallDataSet();
      const path = join(data, coins.name, name);
      const intact = readFileSync(path);
      const random = seededRandom(1);
      const missed: number[] = [];
      for (let i = 0; i < flips; i++) {
        const bit = Math.floor(random() * intact.length * 8);
        const bytes = Buffer.from(intact);
        bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
        writeFileSync(path, bytes);
        const { code, complained } = await verify(data);
        if (code !== 1 || !complained.includes(path)) missed.push(bit);
      }
      expect(missed).toEqual([]);
    },
  );
});

describe("what is no file is told at once", () => {
  const names = ["manifest.json", "runs.arrow", "samples.arrow"];
  const kinds: [string, (path: string) => void][] = [
    ["a FIFO", (path) => execFileSync("mkfifo", [path])],
    ["a folder", (path) => mkdirSync(path)],
    ["a device", (path) => symlinkSync("/dev/zero", path)],
    ["a link to nothing", (path) => symlinkSync("nowhere", path)],
    ["a link to itself", (path) => symlinkSync(path, path)],
  ];
  const cases = kinds.flatMap(([kind, make]) => names.map((name) => [kind, name, make] as const));
  test.skipIf(process.platform === "win32").each(cases)("%s in place of %s", async (_, name, make) => {
    const data = smallDataSet();
    const path = join(data, coins.name, name);
    rmSync(path);
    make(path);
    const { code, complained } = await verify(data);
    expect(code).toBe(1);
    expect(complained).toMatch(/^error: (table|manifest) (is|cannot be) .*; .*\n$/);
    expect(complained).toContain(path);
  });

  test.skipIf(process.platform === "win32")(
    "a link to nothing beside the experiments is passed over",
    async () => {
      const data = smallDataSet();
      symlinkSync("nowhere", join(data, "lost"));
      expect((await verify(data)).code).toBe(0);
    },
  );
});

describe("an edited manifest is refused, and the field named", () => {
  const edits: [string, (manifest: Manifest) => object, string][] = [
    ["runs.valid", (m) => ({ runs: { ...m.runs, valid: 1 } }), "runs"],
    ["seed", () => ({ seed: 2 }), "seed"],
    ["host.cores", (m) => ({ host: { ...m.host, cores: 64 } }), "host"],
    ["code.sha256", (m) => ({ code: { ...m.code, sha256: "1".repeat(64) } }), "code"],
    ["plan", () => ({ plan: "1".repeat(64) }), "plan"],
    ["a table's hash", (m) => ({ tables: { ...m.tables, runs: m.tables.samples } }), "tables"],
  ];
  test.each(edits)("%s", async (_, edit, field) => {
    const data = smallDataSet();
    const path = join(data, coins.name, "manifest.json");
    const text = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...text, ...edit(text) }, null, 2));
    const { code, complained } = await verify(data);
    expect(code).toBe(1);
    expect(complained).toBe(
      `error: manifest was altered: ${path}, ${field} not as it was sealed; ${remedy}\n`,
    );
  });

  const sealed: [string, (manifest: Manifest) => Partial<Manifest>, RegExp][] = [
    ["runs.valid", (m) => ({ runs: { ...m.runs, valid: 1 } }), /runs.valid is 1; derived again it is 10/],
    ["runs.invalid", (m) => ({ runs: { ...m.runs, invalid: { steal: 3 } } }), /runs.invalid is {"steal":3}/],
    ["seed", () => ({ seed: 2 }), /seeds do not follow from the campaign's seed 2/],
    [
      "host.cores",
      (m) => ({ host: { ...m.host, cores: 64 } }),
      /host.label is "test-host-2-cores"; .*64-cores/,
    ],
    [
      "code.sha256",
      (m) => ({ code: { ...m.code, sha256: "1".repeat(64) } }),
      /plan is .*; derived again it is/,
    ],
    ["profile", () => ({ profile: "quick" }), /plan is .*; derived again it is/],
    [
      "software",
      (m) => ({ software: { ...m.software, runtime: "system" } }),
      /warnings is \[\]; derived again it is \["measured with the system's Node/,
    ],
    [
      "code that changed under way, and a plan that it excuses",
      () => ({ warnings: [codeChanged], plan: "1".repeat(64) }),
      /no one state of it stands for the runs; measure again with --restart.*warnings is \["the code changed.*plan is "1+"; derived again/s,
    ],
    [
      "a warning that nothing gives rise to",
      () => ({ warnings: ["mind the gap"] }),
      /warnings is \["mind the/,
    ],
    ["question", () => ({ question: "Why?" }), /question is "Why\?"; derived again it is "How often/],
    ["a date to come", () => ({ date: "2099-12-31" }), /date is 2099-12-31; campaigns are from/],
    [
      "a date before there was anything to measure with",
      () => ({ date: "1999-01-01" }),
      /date is 1999-01-01/,
    ],
    [
      "identity.tables",
      (m) => ({ identity: { ...m.identity, tables: "1".repeat(64) } }),
      /identity.tables is "1+"; derived again it is/,
    ],
    [
      "a counter that ran backwards",
      ({ conditions: { before, after } }) => ({
        conditions: {
          before: { ...before, pressure: { avg10: 0, avg60: 0, totalUs: 500 } },
          after: { ...after, pressure: { avg10: 0, avg60: 0, totalUs: 4 } },
        },
      }),
      /totalUs is 4, less than before the campaign, 500/,
    ],
    [
      "factors",
      (m) => ({ parameters: { ...m.parameters, factors: { coin: ["fair", "round"] } } }),
      /parameters.factors is .*; derived again it is {"coin":\["fair","bent"\]}/,
    ],
  ];
  const rules: [string, (rules: readonly string[]) => readonly string[]][] = [
    ["a letter of one", ([first, ...rest]) => [`${first} `, ...rest]],
    ["another limit", (all) => all.map((rule) => rule.replace("0.02", "0.9"))],
    ["one fewer", ([, ...rest]) => rest],
    ["one more", (all) => [...all, "mood: the run was not in it"]],
    ["one of former data beside those of today", (all) => [...all, formerRule]],
    ["none", () => []],
  ];
  test.each(rules)("validity rules: %s, though no run breaks any", async (_, edit) => {
    const data = smallDataSet({ manifest: { validityRules: edit(validityRules) } });
    const { code, complained } = await verify(data);
    expect(code).toBe(1);
    expect(complained).toMatch(
      /manifest states (a validity rule|validity rules) that its campaign did not have/,
    );
  });

  test.each(sealed)("%s, sealed anew", async (_, edit, problem) => {
    const data = smallDataSet();
    const own = join(data, coins.name);
    const manifest = readManifest(own);
    writeManifest(own, { ...manifest, ...edit(manifest) });
    const { code, complained } = await verify(data);
    expect(code).toBe(1);
    expect(complained).toMatch(problem);
  });

  const workers = (...counts: unknown[]) => ({
    parameters: {
      blocks: 5,
      factors: { coin: ["fair", "bent"], workers: counts },
      parts: [{ name: "base", scenarios: 2, replicates: 5 }],
      restriction: {},
    },
  });
  const absurd: [string, object, RegExp][] = [
    ["a profile that is none", { profile: "fullx" }, /profile must be \("smoke" \| .*; got "fullx"/],
    ["a profile that every object has", { profile: "__proto__" }, /profile must be .*; got "__proto__"/],
    ["a billion workers", workers(1e9), /parameters.factors.workers.0 must be <=1048576; got 1000000000/],
    ["half a worker", workers(0.5), /parameters.factors.workers.0 must be .*; got 0.5/],
    [
      "workers that are no number",
      workers("many"),
      /parameters.factors.workers.0 must be number; got "many"/,
    ],
    ["more workers than anybody can measure at", workers(4, 65_536), /workers is \[4,65536\]; .* than 4096/],
    ["many numbers of workers", workers(...new Array(1000).fill(1)), /workers must be <=64; got 1000/],
  ];
  test.each(absurd)(
    "%s, sealed anew, is told before anything is derived from it",
    async (_, edit, problem) => {
      const data = smallDataSet();
      const own = join(data, coins.name);
      const edited = { ...readManifest(own), ...edit };
      const text = JSON.stringify({ ...edited, seals: sealsOf(edited) }, null, 2);
      writeFileSync(join(own, "manifest.json"), `${text}\n`);
      const { code, complained } = await verify(data);
      expect(code).toBe(1);
      expect(complained).toMatch(/^error: .*\n$/);
      expect(complained).toMatch(problem);
    },
  );

  test("other blanks between the same values", async () => {
    const data = smallDataSet();
    const path = join(data, coins.name, "manifest.json");
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, "utf8"))));
    expect((await verify(data)).complained).toContain(`${path} is not spelt as it was written`);
  });

  test("lines that git ended otherwise are no edit", async () => {
    const data = smallDataSet();
    const path = join(data, coins.name, "manifest.json");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("\n", "\r\n"));
    expect((await verify(data)).code).toBe(0);
  });
});

describe("how replicates ended is derived again from the samples", () => {
  type Said = NonNullable<Manifest["replication"]>;
  const cells = (change: (cells: Said["cells"]) => Said["cells"]) => (said: Said) => ({
    ...said,
    cells: change(said.cells),
  });
  const edits: [string, (said: Said) => Said | undefined, RegExp][] = [
    [
      "an invented precision",
      cells((all) => all.map((cell) => ({ ...cell, precision: 0.001 }))),
      /derived again/,
    ],
    [
      "time saved",
      cells((all) => all.map((cell) => ({ ...cell, savedMs: cell.savedMs + 1 }))),
      /derived again/,
    ],
    ["another cap", cells((all) => all.map((cell) => ({ ...cell, cap: 50 }))), /derived again/],
    ["another width", (said) => ({ ...said, within: 10 }), /replication is by .*"within":10/],
    ["another minimum", (said) => ({ ...said, minimum: 2 }), /replication is by .*"minimum":2/],
    [
      "another response",
      (said) => ({ ...said, primary: "failureRate" }),
      /replication is by .*"failureRate"/,
    ],
    ["another scale", (said) => ({ ...said, scale: "absolute" }), /replication is by .*"absolute"/],
    [
      "a scenario that is none",
      cells((all) => [...all, { ...(all[0] as Said["cells"][0]), part: "ghost", runs: 0, valid: 0 }]),
      /says how 3 scenarios ended, 3 of them different ones; the design has 2/,
    ],
    [
      "a scenario twice",
      cells((all) => [...all, ...all.slice(0, 1)]),
      /3 scenarios ended, 2 of them different/,
    ],
  ];
  test("and fits in an unaltered data set", async () => {
    expect(await verify(smallDataSet({ replicated: true }), many)).toEqual({ code: 0, complained: "" });
  });

  test.each(edits)("%s is refused", async (_, edit, problem) => {
    const data = smallDataSet({ replicated: true });
    const own = join(data, coins.name);
    const manifest = readManifest(own);
    writeManifest(own, { ...manifest, replication: edit(manifest.replication as Said) });
    const { code, complained } = await verify(data, many);
    expect(code).toBe(1);
    expect(complained).toMatch(problem);
  });

  test("half of every run's samples gone is found", async () => {
    const { replication } = readManifest(join(smallDataSet({ replicated: true }), coins.name));
    const headsNs = (row: RunRow) => manyTosses(row).filter((_, toss) => toss % 2 === 0);
    const { complained } = await verify(
      smallDataSet({ replicated: true, headsNs, manifest: { replication } }),
      many,
    );
    expect(complained).toMatch(/replication.cells has .*; derived again it is/);
  });

  test("a replication that is not told of is missed", async () => {
    const data = smallDataSet();
    const own = join(data, coins.name);
    const { replication } = readManifest(join(smallDataSet({ replicated: true }), coins.name));
    writeManifest(own, {
      ...readManifest(own),
      replication: { ...replication, cells: [] } as unknown as Said,
    });
    expect((await verify(data)).code).toBe(1);
  });
});

describe("of a design that this code does not declare", () => {
  const redesigned = (manifest: Manifest): Manifest => {
    const identity = { ...manifest.identity, design: "1".repeat(64) };
    const { experiment, profile, seed, code, software } = manifest;
    const plan = fingerprint({
      experiment,
      profile,
      seed,
      ...identity,
      code: code.sha256,
      runtime: `v${software.node}`,
    });
    return { ...manifest, identity, plan };
  };
  const edits: [string, Changes, (manifest: Manifest) => Manifest, RegExp][] = [
    [
      "orders that repeat are refused",
      { rows: (all) => all.map((row) => ({ ...row, order: 0 })) },
      (manifest) => manifest,
      /run 1 has order 0 and block 0; runs of 5 blocks are numbered in their order, from 0 to 9/,
    ],
    [
      "blocks that fall are refused",
      { rows: (all) => all.map((row) => ({ ...row, block: 4 - Number(row["block"]) })) },
      (manifest) => manifest,
      /numbered in their order|spread over the blocks/,
    ],
    [
      "runs that are all of one block are refused",
      { rows: (all) => all.map((row) => ({ ...row, block: 2 })) },
      (manifest) => manifest,
      /base fair: its replicates are not spread over the blocks of a design/,
    ],
    [
      "a scenario that is gone is missed",
      { rows: (all) => all.filter(({ coin }) => coin === "fair") },
      (manifest) => ({
        ...manifest,
        parameters: { ...manifest.parameters, parts: [{ name: "base", scenarios: 1, replicates: 5 }] },
      }),
      /runs of 5 blocks are numbered in their order, from 0 to 4/,
    ],
    [
      "levels that no factor has are refused",
      {},
      (manifest) => ({
        ...manifest,
        parameters: { ...manifest.parameters, factors: { coin: ["fair", "round"] } },
      }),
      /factor coin has no level bent, which some run has; it has fair, round/,
    ],
    [
      "a number of blocks that no part has is refused",
      {},
      (manifest) => ({ ...manifest, parameters: { ...manifest.parameters, blocks: 99 } }),
      /parameters.blocks is 99; derived again it is 5/,
    ],
  ];
  test.each(edits)("%s", async (_, changes, edit, problem) => {
    const data = smallDataSet(changes);
    const own = join(data, coins.name);
    writeManifest(own, redesigned(edit(readManifest(own))));
    const { code, complained } = await verify(data);
    expect(code).toBe(1);
    expect(complained).toMatch(problem);
  });

  test("the code that measured cannot be the code that declares another", async () => {
    const data = smallDataSet({ manifest: { code: { ...identifyCode(module), dirty: false } } });
    const own = join(data, coins.name);
    writeManifest(own, redesigned(readManifest(own)));
    const { code, complained } = await verify(data);
    expect(code).toBe(1);
    expect(complained).toContain(
      "the code of this checkout measured it, and declares no design of its identity",
    );
  });
});

describe("tables that fit their hashes and not themselves are refused", () => {
  const each = (change: (row: Record<string, unknown>, i: number) => object): Changes => ({
    rows: (all) => all.map((row, i) => ({ ...row, ...change({ ...row }, i) })),
  });
  const cases: [string, Changes, RegExp][] = [
    [
      "every run is invalid",
      each(() => ({ valid: false, invalidReason: "steal: 0.500", stealShare: 0.5 })),
      /no run is valid/,
    ],
    ["every order is 0", each(() => ({ order: 0 })), /run 1 has order 0; planned was 1 \(and 8 more runs\)/],
    ["walls are negative", each(() => ({ wallMs: -1 })), /run 0 has wallMs -1: it took no time/],
    [
      "a run is another scenario's",
      each((_, i) => (i === 0 ? { coin: "bent" } : {})),
      /planned was|of 5 replicates/,
    ],
    [
      "a busy run is valid",
      each((_, i) => (i === 3 ? { stealShare: 0.4 } : {})),
      /run 3 is invalid for no reason/,
    ],
    [
      "a calm run is invalid",
      each((_, i) => (i === 3 ? { valid: false, invalidReason: "steal: 0.400" } : {})),
      /run 3 is invalid for steal: 0.400; by its conditions it is for none/,
    ],
    [
      "a run is valid in spite of a reason",
      each((_, i) => (i === 3 ? { invalidReason: "steal: 0.400", stealShare: 0.4 } : {})),
      /run 3 is valid for the reason steal/,
    ],
  ];
  const at = (run: number, change: object): Changes => each((_, i) => (i === run ? change : {}));
  const failed = (invalidReason: string) => at(3, { valid: false, invalidReason });
  const unknown = { stealShare: null, pressureShare: null, otherCpuShare: null };
  const impossible: [string, Changes, RegExp][] = [
    [
      "all runs begin at once",
      each(() => ({ startedMs: 0 })),
      /run 1 and 8 more began before the campaign, or before the run of the number before/,
    ],
    [
      "runs begin before the campaign",
      each((row) => ({ startedMs: Number(row["startedMs"]) - 1e6 })),
      /run 0 and 9 more began before the campaign/,
    ],
    [
      "runs begin in the reverse of their order",
      each((_, i) => ({ startedMs: 1000 - 10 * i })),
      /run 1 and 8 more began before the campaign, or before the run of the number before/,
    ],
    ["a run never ends", at(9, { wallMs: Infinity }), /run 9 has wallMs Infinity; it would have been killed/],
    ["a run takes years", at(9, { wallMs: 1e300 }), /run 9 has wallMs 1e\+300; it would have been killed/],
    [
      "runs go on while others do",
      each(() => ({ wallMs: 5000 })),
      /run 1 and 8 more began before the campaign, or before the run of the number before/,
    ],
    ["negative steal", at(2, { stealShare: -5 }), /run 2 has stealShare -5, which cannot be/],
    ["steal of all and more", at(2, { stealShare: 1.5 }), /run 2 has stealShare 1.5, which cannot be/],
    ["pressure beyond the time", at(2, { pressureShare: 40 }), /run 2 has pressureShare 40, which cannot be/],
    [
      "negative stalls",
      at(2, { stallShare: -1, stallLongestNs: 0 }),
      /run 2 has stallShare -1, which cannot/,
    ],
    ["a stop of negative length", at(2, { suspendedMs: -4 }), /run 2 has suspendedMs -4, which cannot be/],
    ["a dispatcher long before its time", at(2, { dispatcherDelayP99Ns: -1e15 }), /cannot be/],
    [
      "a canary later than ever",
      at(2, { canaryLateP99Ns: 10, canaryLateMaxNs: 5 }),
      /run 2 has canaryLateP99Ns 10 and canaryLateMaxNs only 5/,
    ],
    [
      "a collection longer than all of them",
      at(2, { gcMainCount: 1, gcMainNs: 1, gcMainLongestNs: 100, gcMainMajorNs: 0 }),
      /run 2 has gcMainLongestNs 100 and gcMainNs only 1/,
    ],
    [
      "no collections that take time",
      at(2, { gcMainCount: 0, gcMainNs: 50, gcMainLongestNs: 50, gcMainMajorNs: 0 }),
      /run 2 has gcMainNs 50, more than 0 collections of at most 50/,
    ],
    [
      "a stall longer than all of them",
      at(2, { stallLongestNs: 5e5, stallShare: 0.01, canaryLateMaxNs: 5e5, canaryLateP99Ns: 0 }),
      /run 2 has stallLongestNs 500000 and stallShare only 0.01 of 1 ms/,
    ],
    [
      "half of what an observer tells",
      at(2, { stallShare: 0 }),
      /run 2 has stallShare and no stallLongestNs/,
    ],
    ["a crash with samples", failed("crash: exit code 1"), /run 3 is invalid for crash.*, and has 3 samples/],
    ["what is not testable, with samples", failed("not testable here: no"), /run 3 .*, and has 3 samples/],
    ["a failed instrument with samples", failed("instrument: broke"), /run 3 .*, and has 3 samples/],
    [
      "a crash that tells its conditions",
      { ...failed("crash: exit code 1"), headsNs: ({ run }) => (run === 3 ? [] : [1, 2, 3]) },
      /run 3 is invalid for crash: exit code 1, and tells its stealShare/,
    ],
    [
      "a crash in words of its own",
      {
        ...at(3, { valid: false, invalidReason: "crash: who knows", ...unknown }),
        headsNs: ({ run }) => (run === 3 ? [] : [1, 2, 3]),
      },
      /run 3 is invalid for crash: who knows, which no campaign writes/,
    ],
    [
      "a limit that was not reached",
      {
        ...at(3, { valid: false, invalidReason: "time limit: killed after 9000 ms", ...unknown }),
        headsNs: ({ run }) => (run === 3 ? [] : [1, 2, 3]),
      },
      /run 3 is invalid for time limit: killed after 9000 ms, which no campaign writes of a run of 1 ms/,
    ],
    [
      "a crash beside a broken rule",
      failed("steal: 0.500; crash: exit code 1"),
      /run 3 is invalid for steal: 0.500; crash: exit code 1, which no campaign writes/,
    ],
    [
      "a busy run without samples",
      {
        ...at(3, { valid: false, invalidReason: "steal: 0.500", stealShare: 0.5 }),
        headsNs: ({ run }) => (run === 3 ? [] : [1, 2, 3]),
      },
      /run 3 has no samples, and lost none/,
    ],
  ];

  test.each([...cases, ...impossible])("%s", async (_, changes, problem) => {
    const { code, complained } = await verify(smallDataSet(changes));
    expect(code).toBe(1);
    expect(complained).toMatch(problem);
  });

  test("pressure that a host tells of is left out", async () => {
    const state = { load: [0], pressure: { avg10: 0, avg60: 0, totalUs: 5 }, stealShare: null };
    const manifest = { conditions: { before: state, after: state } };
    expect((await verify(smallDataSet({ manifest }))).code).toBe(0);
    const { code, complained } = await verify(smallDataSet({ ...at(3, { pressureShare: null }), manifest }));
    expect(code).toBe(1);
    expect(complained).toContain("run 3 has no pressureShare, though its host tells of pressure");
  });

  test("half a run's samples are gone", async () => {
    const data = smallDataSet();
    const run = Uint32Array.from({ length: 30 }, (_, i) => i / 3).filter(
      (number, i) => number !== 4 || i % 3 === 0,
    );
    refit(data, "samples", samplesSchema(coins), { run, headsNs: new Float64Array(run.length) });
    expect((await verify(data)).complained).toMatch(/run 4 has 1 samples; the runs of its scenario have 3/);
  });

  test.each(["runs", "samples"] as const)("bytes of %s that must be text are none", async (name) => {
    const data = smallDataSet();
    const own = join(data, coins.name);
    const path = join(own, `${name}.arrow`);
    const bytes = readFileSync(path);
    // Within a column's description, which stands in the footer again; there it is read.
    bytes[bytes.lastIndexOf("meaning") + 2] = 0xff;
    writeFileSync(path, bytes);
    const manifest = readManifest(own);
    const table = { ...manifest.tables[name], sha256: sha256File(path) };
    writeManifest(own, { ...manifest, tables: { ...manifest.tables, [name]: table } });
    const { code, complained } = await verify(data);
    expect(code).toBe(1);
    expect(complained).toMatch(
      /^error: table is damaged: .* \(The encoded data was not valid .*\); restore it .*\n$/,
    );
    expect(complained).toContain(path);
  });

  test("a column means something else", async () => {
    const data = smallDataSet();
    const schema = samplesSchema(coins);
    const run = Uint32Array.from({ length: 30 }, (_, i) => i / 3);
    const retold = { ...schema, headsNs: { ...schema["headsNs"], meaning: "time on tails" } } as Schema;
    refit(data, "samples", retold, { run, headsNs: new Float64Array(30) });
    expect((await verify(data)).complained).toMatch(
      /column headsNs of .* has the meaning "time on tails"; .* declares "time on heads"/,
    );
  });

  test("a unit is another one", async () => {
    const data = smallDataSet();
    const schema = samplesSchema(coins);
    const run = Uint32Array.from({ length: 30 }, (_, i) => i / 3);
    const inMs = { ...schema, headsNs: { ...schema["headsNs"], unit: "ms" } } as Schema;
    refit(data, "samples", inMs, { run, headsNs: new Float64Array(30) });
    expect((await verify(data)).complained).toMatch(
      /column headsNs of .* has the unit "ms"; .* declares "ns"/,
    );
  });
});

const formerRule = "dispatcher delay: the dispatcher handed over 1 % of due wake-ups more than 5 ms late";

test("a counter that began anew while the campaign was stopped is no contradiction", async () => {
  const pressure = (totalUs: number) => ({ avg10: 0, avg60: 0, totalUs });
  const state = { load: [0], stealShare: null };
  const conditions = {
    before: { ...state, pressure: pressure(500) },
    after: { ...state, pressure: pressure(4) },
  };
  const rows: Changes["rows"] = (all) =>
    all.map((row, i) => ({ ...row, startedMs: Number(row["startedMs"]) + (i > 4 ? 90_000 : 0) }));
  expect((await verify(smallDataSet({ rows, manifest: { conditions } }))).code).toBe(0);
});

const remedy = "restore it from version control, or finish the campaign by running its command again";

/** Replaces a table by another one, and makes its manifest fit. */
function refit(
  data: string,
  name: "runs" | "samples",
  schema: Schema,
  columns: Parameters<typeof writeTable>[2],
) {
  const own = join(data, coins.name);
  const path = join(own, `${name}.arrow`);
  writeTable(path, schema, columns);
  const manifest = readManifest(own);
  const rows = columns["run"]?.length ?? 0;
  const record = { rows, bytes: readFileSync(path).length, sha256: sha256File(path) };
  writeManifest(own, { ...manifest, tables: { ...manifest.tables, [name]: record } });
}

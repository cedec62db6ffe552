import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codeChanged } from "../../src/harness/describe-software.ts";
import type { RunRow } from "../../src/harness/part.ts";
import { type Manifest, readManifest, writeManifest } from "../../src/tables/manifest.ts";
import { sealsOf } from "../../src/tables/seals.ts";
import { validityRules } from "../../src/tables/validity.ts";
import { coins, manyTosses, smallDataSet } from "../audit/small-data-set.ts";
import { manyCoinsStudy, verifyCoins } from "./verify-coins.ts";

const remedy = "restore it from version control, or finish the campaign by running its command again";
const formerRule = "dispatcher delay: the dispatcher handed over 1 % of due wake-ups more than 5 ms late";

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
    const { code, complained } = await verifyCoins(data);
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
    const { code, complained } = await verifyCoins(data);
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
    const { code, complained } = await verifyCoins(data);
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
    [
      "no parts",
      { parameters: { blocks: 5, factors: { coin: ["fair", "bent"] }, restriction: {} } },
      /manifest is damaged: .* \(parameters.parts is missing\)/,
    ],
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
      const { code, complained } = await verifyCoins(data);
      expect(code).toBe(1);
      expect(complained).toMatch(/^error: .*\n$/);
      expect(complained).toMatch(problem);
    },
  );

  test("other blanks between the same values", async () => {
    const data = smallDataSet();
    const path = join(data, coins.name, "manifest.json");
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, "utf8"))));
    expect((await verifyCoins(data)).complained).toContain(`${path} is not spelt as it was written`);
  });

  test("lines that git ended otherwise are no edit", async () => {
    const data = smallDataSet();
    const path = join(data, coins.name, "manifest.json");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("\n", "\r\n"));
    expect((await verifyCoins(data)).code).toBe(0);
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
    expect(await verifyCoins(smallDataSet({ replicated: true }), [manyCoinsStudy])).toEqual({
      code: 0,
      complained: "",
    });
  });

  test.each(edits)("%s is refused", async (_, edit, problem) => {
    const data = smallDataSet({ replicated: true });
    const own = join(data, coins.name);
    const manifest = readManifest(own);
    writeManifest(own, { ...manifest, replication: edit(manifest.replication as Said) });
    const { code, complained } = await verifyCoins(data, [manyCoinsStudy]);
    expect(code).toBe(1);
    expect(complained).toMatch(problem);
  });

  test("half of every run's samples gone is found", async () => {
    const { replication } = readManifest(join(smallDataSet({ replicated: true }), coins.name));
    const headsNs = (row: RunRow) => manyTosses(row).filter((_, toss) => toss % 2 === 0);
    const { complained } = await verifyCoins(
      smallDataSet({ replicated: true, headsNs, manifest: { replication } }),
      [manyCoinsStudy],
    );
    expect(complained).toMatch(/replication.cells has .*; derived again it is/);
  });

  test("a replication that is not told of is missed", async () => {
    const data = smallDataSet();
    const own = join(data, coins.name);
    const { replication } = readManifest(join(smallDataSet({ replicated: true }), coins.name));
    if (replication === undefined) throw new TypeError("manifest must tell of replicates");
    writeManifest(own, { ...readManifest(own), replication: { ...replication, cells: [] } });
    expect((await verifyCoins(data)).code).toBe(1);
  });
});

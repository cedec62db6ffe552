import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/stats/random.ts";
import { writeBench } from "../../src/tables/bench-results.ts";
import { readManifest } from "../../src/tables/manifest.ts";
import { coins, smallDataSet } from "../audit/small-data-set.ts";
import { coinsStudy, studyOf, verifyCoins } from "./verify-coins.ts";

/** Flips of a bit that are tried; all of them are found, whichever they are. */
const flips = process.env["FAULTS"] === "long" ? 1000 : 100;

test("an experiment under the name of another one is refused", async () => {
  const data = smallDataSet();
  renameSync(join(data, coins.name), join(data, "dice"));
  const { code, complained } = await verifyCoins(data);
  expect(code).toBe(1);
  expect(complained).toBe(
    `error: folder holds coins under another name: ${join(data, "dice")}; rename it to coins\n`,
  );
});

test("a hidden folder is no experiment", async () => {
  const data = smallDataSet();
  for (const name of [".ipynb_checkpoints", ".git"]) mkdirSync(join(data, name));
  expect(await verifyCoins(data)).toEqual({ code: 0, complained: "" });
  rmSync(join(data, coins.name), { recursive: true });
  expect((await verifyCoins(data)).complained).toMatch(/^error: folder holds no data: /);
});

test("experiments of two hosts are no data set", async () => {
  const dice = { ...coins, name: "dice" };
  const data = smallDataSet();
  const { host } = readManifest(join(data, coins.name));
  const elsewhere = { ...host, cores: 4, label: "test-host-4-cores" };
  const other = smallDataSet({ experiment: dice, manifest: { host: elsewhere } });
  renameSync(join(other, dice.name), join(data, dice.name));
  const { code, complained } = await verifyCoins(data, [coinsStudy, studyOf(dice)]);
  expect(code).toBe(1);
  expect(complained).toBe(
    `error: data contradict themselves: ${data}, dice was measured on test-host-4-cores (linux, x64), coins on test-host-2-cores (linux, x64); keep a data set for each host\n`,
  );
});

test("a bench of another host is no part of a data set", async () => {
  const data = smallDataSet();
  const results = {
    date: "2026-01-01",
    cpuModel: "x",
    cores: 2,
    node: "26",
    otherCpuShare: 0,
    stealShare: 0,
  };
  writeBench(data, { ...results, host: "test-host-2-cores", rows: [] });
  expect((await verifyCoins(data)).code).toBe(0);
  writeBench(data, { ...results, host: "test-host-4-cores", rows: [] });
  const { code, complained } = await verifyCoins(data);
  expect(code).toBe(1);
  expect(complained).toContain(
    "bench was measured on test-host-4-cores, coins on test-host-2-cores; keep a data set for each host",
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
        const { code, complained } = await verifyCoins(data);
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
    const { code, complained } = await verifyCoins(data);
    expect(code).toBe(1);
    expect(complained).toMatch(/^error: (table|manifest) (is|cannot be) .*; .*\n$/);
    expect(complained).toContain(path);
  });

  test("a manifest larger than any of ours is not read", async () => {
    const data = smallDataSet();
    const path = join(data, coins.name, "manifest.json");
    truncateSync(path, 2 ** 26 + 1);
    const { code, complained } = await verifyCoins(data);
    expect(code).toBe(1);
    expect(complained).toContain(`error: manifest is too large: ${path} has 67108865 bytes; `);
  });

  test.skipIf(process.platform === "win32")(
    "a link to nothing beside the experiments is passed over",
    async () => {
      const data = smallDataSet();
      symlinkSync("nowhere", join(data, "lost"));
      expect((await verifyCoins(data)).code).toBe(0);
    },
  );
});

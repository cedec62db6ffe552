import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fingerprint } from "../../src/harness/campaign-identity.ts";
import { identifyCode } from "../../src/harness/code-identity.ts";
import { type Manifest, readManifest, writeManifest } from "../../src/tables/manifest.ts";
import { type Changes, coins, smallDataSet } from "../audit/small-data-set.ts";
import { coinsModule, verifyCoins } from "./verify-coins.ts";

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
    const { code, complained } = await verifyCoins(data);
    expect(code).toBe(1);
    expect(complained).toMatch(problem);
  });

  test("the code that measured cannot be the code that declares another", async () => {
    const data = smallDataSet({ manifest: { code: { ...identifyCode(coinsModule), dirty: false } } });
    const own = join(data, coins.name);
    writeManifest(own, redesigned(readManifest(own)));
    const { code, complained } = await verifyCoins(data);
    expect(code).toBe(1);
    expect(complained).toContain(
      "the code of this checkout measured it, and declares no design of its identity",
    );
  });
});

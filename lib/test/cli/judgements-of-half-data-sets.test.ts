import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { auditData } from "../../src/audit/audit-data.ts";
import { registerClaims } from "../../src/cli/claims.ts";
import { registerCompare } from "../../src/cli/compare.ts";
import { registerExport } from "../../src/cli/export.ts";
import { registerReport } from "../../src/cli/report.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { registerVerify } from "../../src/cli/verify.ts";
import type { Claim } from "../../src/ledger/claim.ts";
import { atLeast } from "../../src/ledger/judge.ts";
import { coins, smallDataSet } from "../audit/small-data-set.ts";
import { coinsStudy, studyOf } from "./verify-coins.ts";

const dice = { ...coins, name: "dice" };
const claim: Claim = {
  id: "dice-land",
  statement: "Dice land.",
  source: "this study",
  expected: { verdict: "holds", because: "they fall" },
  experiment: dice.name,
  evidence: { notebook: "dice", cell: "shown" },
  margin: "at least once",
  needs: "dice",
  judge: () => atLeast({ estimate: 2, low: 1, high: 3 }, 1),
};
const studies = [coinsStudy, { ...studyOf(dice), claims: [claim] }];
const commands = [registerClaims, registerCompare, registerReport, registerExport, registerVerify];

async function scheduling(...args: string[]) {
  let complained = "";
  const stderr = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  const code = await runCli(args, commands, { studies, print: () => {} });
  stderr.mockRestore();
  return { code, complained };
}

/** A data set of coins and dice. */
function twoExperiments(): string {
  const data = smallDataSet();
  renameSync(join(smallDataSet({ experiment: dice }), dice.name), join(data, dice.name));
  return data;
}

const judgements: [string, (data: string) => string[]][] = [
  ["claims", (data) => ["claims", data]],
  ["compare with it", (data) => ["compare", data, smallDataSet()]],
  ["compare it", (data) => ["compare", smallDataSet(), data]],
  ["report", (data) => ["report", data, "--out", join(smallDataSet(), "report.html")]],
  ["export", (data) => ["export", data, "--out", join(smallDataSet(), "out")]],
  ["verify", (data) => ["verify", data]],
];

const manifest = "manifest.json";
const half: [string, (own: string) => void][] = [
  ["a folder without its manifest", (own) => rmSync(join(own, manifest))],
  [
    "a folder whose manifest is a link to nothing",
    (own) => {
      rmSync(join(own, manifest));
      symlinkSync("nowhere", join(own, manifest));
    },
  ],
  [
    "a link to nothing",
    (own) => {
      rmSync(own, { recursive: true });
      symlinkSync("nowhere", own);
    },
  ],
  [
    // As what its user may not look into, which a test that root runs cannot show.
    "a link to itself",
    (own) => {
      rmSync(own, { recursive: true });
      symlinkSync(own, own);
    },
  ],
  [
    "a file",
    (own) => {
      rmSync(own, { recursive: true });
      writeFileSync(own, "");
    },
  ],
];

describe.skipIf(process.platform === "win32")("an experiment that lies there and cannot be read", () => {
  const cases = half.flatMap(([kind, damage]) =>
    judgements.map(([command, args]) => [kind, command, damage, args] as const),
  );
  test.each(cases)("%s: %s names it and what to do", async (_, __, damage, args) => {
    const data = twoExperiments();
    damage(join(data, dice.name));
    const { code, complained } = await scheduling(...args(data));
    expect(complained).toMatch(/^error: manifest (is|cannot be read) .*; restore it .*\n$/);
    expect(complained).toContain(join(data, dice.name));
    expect(code).toBe(1);
  });

  test.each(half)("%s: audit names it", (_, damage) => {
    const data = twoExperiments();
    damage(join(data, dice.name));
    const [tables] = auditData(data, studies);
    expect(tables?.findings.filter(({ ok }) => !ok)).toEqual([
      { ok: false, text: expect.stringContaining(join(data, dice.name, manifest)) },
    ]);
  });
});

const absent: [string, (own: string) => void][] = [
  ["there is no folder of it", () => {}],
  ["its folder is empty", (own) => mkdirSync(own)],
  ["its campaign has only begun", (own) => mkdirSync(join(own, "unfinished"), { recursive: true })],
  [
    "its campaign writes its tables",
    (own) => {
      mkdirSync(join(own, "unfinished"), { recursive: true });
      writeFileSync(join(own, "runs.arrow"), "");
      writeFileSync(join(own, "samples.arrow.123.aside"), "");
    },
  ],
];
test.each(absent)("an experiment is not measured where %s, and the others are judged", async (_, leave) => {
  const data = smallDataSet();
  leave(join(data, dice.name));
  for (const [command, args] of judgements.filter(([command]) => command !== "verify"))
    expect(await scheduling(...args(data)), command).toEqual({ code: 0, complained: "" });
});

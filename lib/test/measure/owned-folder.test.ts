import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeOwnedFolder, sweepOwnedFolders } from "../../src/measure/owned-folder.ts";

const parent = mkdtempSync(join(tmpdir(), "owned-"));
afterAll(() => rmSync(parent, { recursive: true }));

test("folders of killed owners are removed, with what is in them; those of living ones, and strangers', stay", () => {
  const { pid: dead } = spawnSync("true");
  const living = basename(makeOwnedFolder("browser", parent));
  const strangers = ["scheduling-safety-postgres-abc", `other-${dead}-abc`, "x"];
  for (const name of [`scheduling-safety-notebooks-${dead}-abc`, ...strangers]) {
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, "file"), "");
  }
  sweepOwnedFolders(parent);
  expect(readdirSync(parent).sort()).toEqual([living, ...strangers].sort());
});

test("a folder that does not exist has nothing to remove", () => {
  expect(() => sweepOwnedFolders(join(parent, "nowhere"))).not.toThrow();
});

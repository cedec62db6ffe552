import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { makeServerFolder, sweepServerFolders } from "../../src/workload/postgres/leftovers.ts";

test("folders of killed keepers are removed; those of living ones, and strangers', stay", () => {
  const parent = mkdtempSync(join(tmpdir(), "leftovers-"));
  const { pid: dead } = spawnSync("true");
  const living = makeServerFolder();
  const names = [
    `scheduling-safety-postgres-${dead}-abc`,
    basename(living),
    "scheduling-safety-postgres-abc",
    "x",
  ];
  for (const name of names) mkdirSync(join(parent, name));
  sweepServerFolders(parent);
  expect(readdirSync(parent).sort()).toEqual(names.slice(1).sort());
  for (const folder of [parent, living]) rmSync(folder, { recursive: true });
});

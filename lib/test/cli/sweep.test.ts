import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const folder = mkdtempSync(join(tmpdir(), "sweep-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("any command sweeps what a killed one left", () => {
  const { pid: dead } = spawnSync("true");
  for (const purpose of ["postgres", "pipes", "browser", "notebooks"])
    mkdirSync(join(folder, `scheduling-safety-${purpose}-${dead}-abc`));
  execFileSync(process.execPath, [join(projectRoot, "lib/src/cli/main.ts"), "host"], {
    env: { ...process.env, TMPDIR: folder },
    stdio: "ignore",
  });
  expect(readdirSync(folder)).toEqual([]);
});

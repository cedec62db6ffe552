import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const folder = mkdtempSync(join(tmpdir(), "sweep-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("any command sweeps what a killed one left, and nothing of the user's", () => {
  const module = new URL("../../src/measure/held-folder.ts", import.meta.url).href;
  const killed = `import { makeHeldFolder } from ${JSON.stringify(module)};
    makeHeldFolder("browser"); process.kill(process.pid, "SIGKILL");`;
  const env = { ...process.env, TMPDIR: folder };
  spawnSync(process.execPath, ["--input-type=module", "--eval", killed], { env });
  expect(readdirSync(folder)).toHaveLength(1);
  mkdirSync(join(folder, "scheduling-safety-data-20261130-final"));
  writeFileSync(join(folder, "scheduling-safety-notes-2026-final.txt"), "");
  execFileSync(process.execPath, [join(projectRoot, "lib/src/cli/main.ts"), "host"], {
    env,
    stdio: "ignore",
  });
  expect(readdirSync(folder).sort()).toEqual([
    "scheduling-safety-data-20261130-final",
    "scheduling-safety-notes-2026-final.txt",
  ]);
});

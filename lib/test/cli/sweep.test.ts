import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { scratchFolder } from "../../src/publish/scratch-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "sweep-"));
afterAll(() => rmSync(folder, { recursive: true }));

const env = { ...process.env, TMPDIR: folder };

/** Runs a command of which nothing is asked. */
function anyCommand(): void {
  execFileSync(process.execPath, [join(projectRoot, "lib/src/cli/main.ts"), "host"], {
    env,
    stdio: "ignore",
  });
}

/** Makes a folder in a process that is killed then, and says where it is. */
function leftBehind(...args: readonly string[]): string {
  const module = new URL("../../src/measure/held-folder.ts", import.meta.url).href;
  const killed = `import { existsSync, writeSync } from "node:fs";
    import { makeHeldFolder } from ${JSON.stringify(module)};
    const { path } = makeHeldFolder(...${JSON.stringify(args)});
    if (existsSync(path)) writeSync(1, path);
    process.kill(process.pid, "SIGKILL");`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", killed], {
    env,
    encoding: "utf8",
  });
  expect(stdout).not.toBe("");
  return stdout;
}

test("any command sweeps what a killed one left, and nothing of the user's", () => {
  leftBehind("browser");
  expect(readdirSync(folder)).toHaveLength(1);
  mkdirSync(join(folder, "scheduling-safety-data-20261130-final"));
  writeFileSync(join(folder, "scheduling-safety-notes-2026-final.txt"), "");
  anyCommand();
  expect(readdirSync(folder).sort()).toEqual([
    "scheduling-safety-data-20261130-final",
    "scheduling-safety-notes-2026-final.txt",
  ]);
});

test("any command sweeps what a killed execution left within the clone, whatever TMPDIR is", () => {
  const left = leftBehind("notebooks", scratchFolder);
  // Another command that sweeps just then has it in hand, and this one leaves it to that.
  for (let command = 1; command <= 10 && existsSync(left); command++) anyCommand();
  expect(existsSync(left)).toBe(false);
});

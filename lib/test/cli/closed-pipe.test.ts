import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const main = join(projectRoot, "lib/src/cli/main.ts");
const whole = join(projectRoot, "data/reference/intel-xeon-2-cores/early-detection");
const folder = mkdtempSync(join(tmpdir(), "pipe-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command whose reader has gone before the first line. */
async function unread(...args: string[]): Promise<{ code: number; complained: string }> {
  const program = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  program.stdout.destroy();
  let complained = "";
  program.stderr.setEncoding("utf8").on("data", (text: string) => {
    complained += text;
  });
  const [code] = await once(program, "close");
  return { code, complained };
}

test("a reader that goes away is no fault of a command that went well", async () => {
  expect(await unread("list", "controls")).toEqual({ code: 0, complained: "" });
});

test("nor does it hide that a command failed after it", async () => {
  const broken = join(folder, "early-detection");
  cpSync(whole, broken, { recursive: true });
  truncateSync(join(broken, "samples.arrow"), 10);
  const { code, complained } = await unread("verify", whole, broken);
  expect(complained).toMatch(/^error: table is truncated: /);
  expect(code).toBe(1);
});

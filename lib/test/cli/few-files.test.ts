import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const folder = mkdtempSync(join(tmpdir(), "few-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

// With fewer Node.js itself does not start.
describe.skipIf(process.platform === "win32").each([24, 26, 28])("with %i open files", (limit) => {
  const limited = (...args: string[]) =>
    spawnSync("sh", ["-c", `ulimit -n ${limit}; exec "$0" "$@"`, process.execPath, main, ...args], {
      encoding: "utf8",
    });
  const main = join(projectRoot, "lib/src/cli/main.ts");

  test("tables are verified", () => {
    const data = join(projectRoot, "data/reference/intel-xeon-2-cores/early-detection");
    const { status, stderr } = limited("verify", data);
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("a run that cannot be started is told in a sentence, with the remedy", () => {
    const out = join(folder, String(limit));
    const { status, stderr } = limited("run", "early-detection", "--workers", "1", "--quiet", "--out", out);
    expect(stderr).toMatch(
      /^error: too many files are open \(EMFILE\): .*; raise the limit, as with `ulimit -n 1024`$/m,
    );
    expect(stderr).not.toMatch(/^ +at /m);
    expect(status).toBe(1);
  });
});

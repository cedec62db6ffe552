import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const main = join(projectRoot, "lib/src/cli/main.ts");

test.skipIf(process.platform === "win32")("a working folder that is gone is named as such", () => {
  const cwd = mkdtempSync(join(tmpdir(), "gone-"));
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", 'rmdir "$PWD"; exec "$0" "$@"', process.execPath, main, "claims", "mine"],
    { cwd, encoding: "utf8" },
  );
  expect(stderr).toBe(
    "error: file or folder is missing (ENOENT): working folder; restore it, or choose another path\n",
  );
  expect(status).toBe(1);
});

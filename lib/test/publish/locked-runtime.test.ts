import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

let clone = "";
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "runtime-"));
  cpSync(join(projectRoot, "Makefile"), join(clone, "Makefile"));
  for (const folder of ["lib/watch", "article", "data/reference", "data/published"])
    mkdirSync(join(clone, folder), { recursive: true });
  for (const name of ["package.json", "package-lock.json", "lib/package.json", "lib/watch/package.json"])
    writeFileSync(join(clone, name), "{}");
  writeFileSync(join(clone, "article/SHA256SUMS"), "");
});
afterEach(() => rmSync(clone, { recursive: true }));

function put(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

test("where the locked Node.js does not start, as on musl, make says so, and installs again the next time", () => {
  const bin = join(clone, "bin");
  mkdirSync(bin);
  const installed = "mkdir -p node_modules/.bin && touch node_modules/.package-lock.json";
  const broken = `printf '#!/lib/no-such-loader\\n' > node_modules/.bin/node && chmod +x node_modules/.bin/node`;
  put(join(bin, "npm"), `#!/bin/sh\n${installed} && ${broken}\n`);
  const { status, stderr } = spawnSync("make", ["node_modules/.package-lock.json"], {
    cwd: clone,
    encoding: "utf8",
    env: { ...process.env, MAKEFLAGS: "", PATH: `${bin}:${process.env["PATH"]}` },
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^error: the locked Node\.js does not start here; it needs glibc, .*node:24-bookworm$/m,
  );
  expect(existsSync(join(clone, "node_modules/.package-lock.json"))).toBe(false);
});

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkRuntime } from "../../src/cli/check-runtime.ts";
import { projectRoot } from "../../src/measure/project-root.ts";

test.each([
  ["20.19.0", "linux", /^Node\.js must be 24 or newer .*; got 20\.19\.0; install a newer one/],
  ["26.10.0", "win32", /^platform must be Linux or macOS; got Windows; run the study in WSL 2/],
])("Node.js %s on %s is refused in one sentence", (version, platform, sentence) => {
  expect(() => checkRuntime(version, platform)).toThrow(sentence);
});

test.each(["linux", "darwin"])("Node.js 24 on %s passes", (platform) => {
  expect(() => checkRuntime("24.0.0", platform)).not.toThrow();
});

test("is told before anything is loaded that an older Node.js lacks", () => {
  const older = `import { registerHooks } from "node:module";
    Object.defineProperty(process.versions, "node", { value: "20.19.0" });
    registerHooks({ resolve(name, context, next) {
      if (name === "node:sqlite") throw new Error("No such built-in module: node:sqlite");
      return next(name, context);
    } });`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${older}`, join(projectRoot, "lib/src/cli/main.ts"), "list"],
    { encoding: "utf8" },
  );
  expect(stderr).toMatch(/^error: Node\.js must be 24 or newer .*; got 20\.19\.0; .*\n$/);
  expect(status).toBe(2);
});

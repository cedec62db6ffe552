import { expect, test } from "vitest";
import { checkRuntime } from "../../src/cli/check-runtime.ts";

test.each([
  ["20.19.0", "linux", /^Node\.js must be 24 or newer .*; got 20\.19\.0; install a newer one/],
  ["26.10.0", "win32", /^platform must be Linux or macOS; got Windows; run the study in WSL 2/],
])("Node.js %s on %s is refused in one sentence", (version, platform, sentence) => {
  expect(() => checkRuntime(version, platform)).toThrow(sentence);
});

test.each(["linux", "darwin"])("Node.js 24 on %s passes", (platform) => {
  expect(() => checkRuntime("24.0.0", platform)).not.toThrow();
});

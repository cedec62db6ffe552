import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeError } from "../../src/cli/exit-code.ts";

function errorOf(task: () => unknown): unknown {
  try {
    return task();
  } catch (error) {
    return error;
  }
}

test("what the system refuses is one sentence with path and remedy", () => {
  expect(describeError(errorOf(() => readFileSync("/no/such/file")))).toBe(
    "error: file or folder is missing (ENOENT): /no/such/file; restore it, or choose another path",
  );
  expect(describeError(errorOf(() => readFileSync("/")))).toMatch(/^error: a folder stands where .*; .*$/);
});

test("also where a library has wrapped it", () => {
  const cause = Object.assign(new Error("EMFILE"), { code: "EMFILE", syscall: "open", path: "/x" });
  expect(describeError(new Error("cannot load", { cause }))).toBe(
    "error: too many files are open (EMFILE): /x; raise the limit, as with `ulimit -n 1024`",
  );
});

test("a bug of ours keeps its stack", () => {
  expect(describeError(new TypeError("no"))).toMatch(/^TypeError: no\n +at /);
});

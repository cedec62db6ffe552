import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
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

test("what stands in the way is named", () => {
  const folder = mkdtempSync(join(tmpdir(), "fault-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(describeError(errorOf(() => mkdirSync(folder)))).toBe(
    `error: something else stands there already (EEXIST): ${folder}; move it away, or choose another path`,
  );
  expect(describeError(errorOf(() => rmSync(folder)))).toBe(
    `error: a folder stands where a file must be (ERR_FS_EISDIR): ${folder}; move it away, or choose another path`,
  );
});

test("a server that does not answer is named by its address, also one of several", async () => {
  const error = await new Promise((tell) => connect(1, "127.0.0.1").on("error", tell));
  const sentence =
    "error: nothing answers there (ECONNREFUSED): 127.0.0.1:1; start the server, or correct its address";
  expect(describeError(error)).toBe(sentence);
  expect(describeError(new AggregateError([error]))).toBe(sentence);
});

test("a bug of ours keeps its stack", () => {
  expect(describeError(new TypeError("no"))).toMatch(/^TypeError: no\n +at /);
});

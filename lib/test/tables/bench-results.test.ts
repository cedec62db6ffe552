import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadBench } from "../../src/tables/bench-results.ts";

function dataSet() {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "bench"));
  return { folder, path: join(folder, "bench", "results.json") };
}

test("a data set without results of the bench has none", () => {
  expect(loadBench(dataSet().folder)).toBeNull();
});

test("damaged results are told with their file and what to do", () => {
  const { folder, path } = dataSet();
  writeFileSync(path, "{}");
  expect(() => loadBench(folder)).toThrow(/^bench is damaged: .*; measure again with `make bench`$/);
});

const kinds: [string, (path: string) => void][] = [
  ["a FIFO", (path) => execFileSync("mkfifo", [path])],
  ["a folder", (path) => mkdirSync(path)],
  ["a device", (path) => symlinkSync("/dev/zero", path)],
];
test.skipIf(process.platform === "win32").each(kinds)(
  "%s in place of the results is told at once",
  (kind, make) => {
    const { folder, path } = dataSet();
    make(path);
    expect(() => loadBench(folder)).toThrow(
      `bench is not a file: ${path} is ${kind}; measure again with \`make bench\``,
    );
  },
);

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { TraceWriter } from "../../src/trace/trace-writer.ts";

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return { ...fs, existsSync: vi.fn(fs.existsSync) };
});

test("a folder that another process makes at the same moment serves both", () => {
  const folder = mkdtempSync(join(tmpdir(), "trace-folder-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // It was not there yet when this process looked.
  vi.mocked(existsSync).mockReturnValueOnce(false);
  const options = { mebibytes: 1, keepsEnded: false, command: "app.js", originNs: 0, say: () => {} };
  const writer = TraceWriter.open(folder, options);
  onTestFinished(() => writer?.close());
  expect(writer).not.toBeNull();
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { EarlierExecutions } from "../../src/publish/earlier-executions.ts";

const folder = mkdtempSync(join(tmpdir(), "executions-"));
afterAll(() => rmSync(folder, { recursive: true }));

vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  cpSync: (_: string, to: string) => {
    writeFileSync(to, "{ half");
    throw new Error("stopped half way");
  },
}));

test("an execution of which only a half was kept is not taken for one", () => {
  const notebook = fileURLToPath(new URL("fixtures/01-good.ipynb", import.meta.url));
  const keep = () => new EarlierExecutions(folder, folder).keep(notebook, notebook);
  expect(keep).toThrow("stopped half way");
  expect(new EarlierExecutions(folder, folder).has(notebook)).toBe(false);
});

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { registerDecide } from "../../src/cli/decide.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { smallDataSet } from "../audit/small-data-set.ts";
import { coinsStudy } from "./verify-coins.ts";

test("an experiment without claims has nothing to decide, whatever the budget, and nothing is measured", async () => {
  let complained = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  const out = join(smallDataSet(), "decided");
  const code = await runCli(["decide", "coins", "--out", out], [registerDecide], {
    studies: [coinsStudy],
    print: () => {},
  });
  vi.restoreAllMocks();
  expect(code).toBe(2);
  expect(complained).toBe(
    "error: experiment has no claim to decide: coins; measure it with `run`, or state a claim in its study\n",
  );
  expect(existsSync(out)).toBe(false);
});

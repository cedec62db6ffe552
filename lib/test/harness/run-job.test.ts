import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { planRuns } from "../../src/harness/plan.ts";
import { runJob } from "../../src/harness/run-job.ts";
import { countdown } from "./fixtures/countdown.ts";
import { countdownRequest } from "./fixtures/countdown-request.ts";

test("what a run leaves in its temporary folder goes with it, however it ends", async () => {
  const folder = mkdtempSync(join(tmpdir(), "job-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const told = join(folder, "told");
  const leave = `import { mkdtempSync, writeFileSync } from "node:fs"; import { tmpdir } from "node:os";
    writeFileSync(${JSON.stringify(told)}, mkdtempSync(tmpdir() + "/left-")); process.exit(3);`;
  const { module, conditions } = countdownRequest(folder, "smoke");
  const [job] = planRuns(countdown, "smoke", 1).jobs;
  if (job === undefined) throw new Error("smoke must plan a run");
  const path = join(folder, "part");
  const request = { module: module.href, job, plan: "", beganMs: 0, path, conditions: conditions.href };
  const node = [process.execPath, "--import", `data:text/javascript,${encodeURIComponent(leave)}`];
  const before = readdirSync(tmpdir());
  expect(await runJob(request, node, 600_000, new AbortController().signal)).toMatchObject({ kind: "crash" });
  const left = readFileSync(told, "utf8");
  expect(left).toMatch(/scheduling-safety-run-\d+-\w{6}.left-\w{6}$/);
  expect(() => readdirSync(left)).toThrow("ENOENT");
  expect(
    readdirSync(tmpdir()).filter((name) => name.includes(`-run-${process.pid}-`) && !before.includes(name)),
  ).toEqual([]);
});

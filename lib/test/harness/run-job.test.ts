import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { planRuns } from "../../src/harness/plan.ts";
import { type RunEnd, runJob } from "../../src/harness/run-job.ts";
import { countdown } from "./fixtures/countdown.ts";
import { countdownRequest } from "./fixtures/countdown-request.ts";

test("what a run leaves in its temporary folder goes with it, however it ends", async () => {
  const told = join(temporaryFolder(), "told");
  const leave = `import { mkdtempSync, writeFileSync } from "node:fs"; import { tmpdir } from "node:os";
    writeFileSync(${JSON.stringify(told)}, mkdtempSync(tmpdir() + "/left-")); process.exit(3);`;
  const before = readdirSync(tmpdir());
  expect(await endOf(leave)).toMatchObject({ kind: "crash" });
  const left = readFileSync(told, "utf8");
  expect(left).toMatch(/scheduling-safety-run-\d+-\w{6}.left-\w{6}$/);
  expect(() => readdirSync(left)).toThrow("ENOENT");
  expect(
    readdirSync(tmpdir()).filter((name) => name.includes(`-run-${process.pid}-`) && !before.includes(name)),
  ).toEqual([]);
});

test("a process that a run left behind, and that holds its stderr, does not hold up the campaign", async () => {
  const told = join(temporaryFolder(), "told");
  const leave = `import { spawn } from "node:child_process"; import { writeFileSync } from "node:fs";
    const left = spawn(process.execPath, ["-e", "setTimeout(() => {}, 3_600_000)"],
      { detached: true, stdio: ["ignore", "ignore", "inherit"] });
    writeFileSync(${JSON.stringify(told)}, String(left.pid)); process.exit(3);`;
  const end = await endOf(leave);
  process.kill(Number(readFileSync(told, "utf8")), "SIGKILL");
  expect(end).toMatchObject({ kind: "crash", how: "exit code 3" });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "job-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** How a run ends whose process first does this. */
function endOf(program: string): Promise<RunEnd> {
  const folder = temporaryFolder();
  const { module, conditions } = countdownRequest(folder, "smoke");
  const [job] = planRuns(countdown, "smoke", 1).jobs;
  if (job === undefined) throw new Error("smoke must plan a run");
  const path = join(folder, "part");
  const request = { module: module.href, job, plan: "", beganMs: 0, path, conditions: conditions.href };
  const node = [process.execPath, "--import", `data:text/javascript,${encodeURIComponent(program)}`];
  return runJob(request, node, 600_000, new AbortController().signal);
}

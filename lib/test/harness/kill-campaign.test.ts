import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { countdown, pidFolder } from "./fixtures/countdown.ts";
import { countdownRequest, silent } from "./fixtures/countdown-request.ts";

const entry = join(import.meta.dirname, "fixtures", "campaign.ts");

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "kill-"));
});
afterEach(() => rmSync(out, { recursive: true }));

function startCampaign(behaviour: string, env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [entry, out, behaviour], {
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
}

/** Waits for something that has no event, such as a file of another process. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}

test("killed ten times at any moment, then resumed: the tables are complete", async () => {
  const unfinished = join(out, "countdown", "unfinished");
  const parts = () =>
    existsSync(unfinished) ? readdirSync(unfinished).filter((name) => /^run-.*arrow$/.test(name)).length : 0;
  for (let kill = 1; kill <= 10; kill++) {
    const campaign = startCampaign("well");
    const ended = once(campaign, "exit");
    // One more run has finished, of thirty; the rest of the wait falls anywhere within a run's life.
    const before = Math.min(parts(), 19);
    await until(() => parts() > before || campaign.exitCode !== null);
    await sleep(Math.random() * 80);
    campaign.kill("SIGKILL");
    await ended;
  }
  expect(parts()).toBeGreaterThanOrEqual(10);
  const end = await runCampaign(
    countdownRequest(out, "full", { behaviour: ["well"] }),
    silent,
    new AbortController().signal,
  );
  expect(end.kind).toBe("finished");
  const { runs, samples } = readExperiment(join(out, "countdown"), countdown);
  expect([...(runs.columns["run"] ?? [])]).toEqual([...Array(30).keys()]);
  expect(samples.rows).toBe(10 * (1 + 2 + 5));
  expect(readdirSync(join(out, "countdown")).sort()).toEqual([
    "manifest.json",
    "runs.arrow",
    "samples.arrow",
  ]);
});

test.each(["hanging", "spinning"])(
  "killed while a run is %s: the run's process ends with it",
  async (behaviour) => {
    const TMPDIR = join(out, pidFolder);
    mkdirSync(TMPDIR);
    const pidFile = join(TMPDIR, "pid");
    const campaign = startCampaign(behaviour, { TMPDIR });
    await until(
      () => campaign.exitCode !== null || (existsSync(pidFile) && readFileSync(pidFile, "utf8") !== ""),
    );
    const pid = Number(readFileSync(pidFile, "utf8"));
    campaign.kill("SIGKILL");
    await until(() => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    });
    expect(existsSync(join(out, "countdown", "runs.arrow"))).toBe(false);
  },
);

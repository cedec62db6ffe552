import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { sweepServerFolders } from "../../src/workload/postgres/leftovers.ts";
import { countdown } from "../harness/fixtures/countdown.ts";
import { countdownRequest, silent } from "../harness/fixtures/countdown-request.ts";
import { canCount, marked } from "./marked-processes.ts";

/** A campaign under way, in a process of its own, and how to find all that it started. */
interface Victim {
  readonly campaign: ChildProcess;
  readonly mark: string;
}

const kills = process.env["FAULTS"] === "long" ? 200 : 8;
const timeout = 60_000 + kills * 60_000;

function start(fixture: string, folder: string, ...args: string[]): Victim {
  const mark = `SCHEDULING_SAFETY_TEST=${randomUUID()}`;
  const [name = "", value = ""] = mark.split("=");
  const campaign = spawn(process.execPath, [fixture, folder, ...args], {
    stdio: "ignore",
    env: { ...process.env, TMPDIR: folder, [name]: value },
  });
  return { campaign, mark };
}

/** Waits for something that has no event; a test that waits in vain fails by its time limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const campaignFixture = join(import.meta.dirname, "../harness/fixtures/campaign.ts");
const ownerFixture = join(import.meta.dirname, "../workload/fixtures/postgres-owner.ts");

test.runIf(canCount)(
  `a campaign killed at random moments, ${kills} times, leaves no process and no half table`,
  async () => {
    const out = temporaryFolder();
    const folder = join(out, "countdown");
    for (let kill = 0; kill < kills; kill++) {
      const { campaign, mark } = start(campaignFixture, out, kill % 2 === 0 ? "well" : "spinning");
      const ended = once(campaign, "exit");
      // The moment is random: anywhere from the start to within a run.
      await Promise.race([ended, until(() => marked(mark).length > Math.floor(Math.random() * 3))]);
      await sleep(Math.random() * 300);
      campaign.kill("SIGKILL");
      await ended;
      await until(() => marked(mark).length === 0);
      expect(existsSync(join(folder, "manifest.json"))).toBe(existsSync(join(folder, "samples.arrow")));
      if (kill % 2 === 1) rmSync(folder, { recursive: true, force: true });
    }
    rmSync(folder, { recursive: true, force: true });
    const never = new AbortController().signal;
    await runCampaign(countdownRequest(out, "smoke"), silent, never);
    expect(readExperiment(folder, countdown).runs.rows).toBe(6);
    expect(readdirSync(out)).toEqual(["countdown"]);
  },
  timeout,
);

test.runIf(canCount)(
  "a killed keeper of a database leaves no server, and its folder is swept",
  async () => {
    const folder = temporaryFolder();
    for (let kill = 0; kill < Math.ceil(kills / 8); kill++) {
      const { campaign, mark } = start(ownerFixture, folder);
      const ended = once(campaign, "exit");
      const left = () => readdirSync(folder).filter((name) => name.startsWith("scheduling-safety-postgres-"));
      await Promise.race([ended, until(() => left().length > 0)]);
      await sleep(Math.random() * 500);
      const keepers = left().map((name) => Number(/postgres-(\d+)-/.exec(name)?.[1]));
      for (const pid of keepers) process.kill(pid, "SIGKILL");
      campaign.kill("SIGKILL");
      await ended;
      await until(() => marked(mark).length === 0);
      // Programs of another user may hide their environment; they have ended when nothing is written any more.
      await until(() => {
        sweepServerFolders(folder);
        return left().length === 0;
      });
      expect(readdirSync(folder)).toEqual([]);
    }
  },
  timeout,
);

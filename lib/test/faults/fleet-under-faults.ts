import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import { collect } from "../../src/fleet/collect.ts";
import { persist } from "../../src/fleet/database/outage.ts";
import { planFleet } from "../../src/fleet/plan-fleet.ts";
import { fleetStatus, type HostStatus } from "../../src/fleet/status.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { countdownMeasurable, smokeOrder, type TestFleet } from "../fleet/fixtures/countdown-fleet.ts";
import { countdown } from "../harness/fixtures/countdown.ts";
import { canCount, marked, newMark } from "./marked-processes.ts";

/** `make faults` sets it; the everyday suite has the fences in lib/test/fleet. */
export const asked: boolean = process.env["FAULTS"] !== undefined && canCount;
export const timeout = 900_000;
export const leaseSeconds = 8;

const workerFixture = join(import.meta.dirname, "../fleet/fixtures/countdown-worker.ts");

/** A worker in a process of its own, and how to find all that it started. */
export interface Worker {
  readonly process: ChildProcess;
  readonly mark: string;
  readonly ended: Promise<unknown>;
}

export function startWorker(host: string, url: string, nodeOptions: readonly string[] = []): Worker {
  const mark = newMark();
  const worker = spawn(process.execPath, [...nodeOptions, workerFixture], {
    stdio: ["ignore", "ignore", process.env["FAULTS"] === "loud" ? "inherit" : "ignore"],
    env: {
      ...process.env,
      FLEET_URL: url,
      FLEET_HOST: host,
      FLEET_LEASE: String(leaseSeconds),
      ...mark.env,
    },
  });
  onTestFinished(() => {
    worker.kill("SIGKILL");
  });
  return { process: worker, mark: mark.text, ended: once(worker, "exit") };
}

const runs = 6;

/** Plans six healthy runs for a host. */
export async function planWell(fleet: TestFleet, host: string): Promise<string> {
  const url = await fleet.enrol(host);
  await planFleet(fleet.database, fleet.boss, { ...smokeOrder, leaseSeconds }, [host]);
  return url;
}

/** The test itself waits for a database that it has killed. */
const patience = { signal: new AbortController().signal, tell: () => {} };

/** Looks at a host, also while the database is away. */
export async function statusOf({ database }: TestFleet, host: string): Promise<HostStatus | undefined> {
  const hosts = await persist(() => fleetStatus(database), patience);
  return hosts.find((one) => one.host === host);
}

/** Counts the runs of a host that are answered. */
export async function answered(fleet: TestFleet, host: string): Promise<number> {
  return (await statusOf(fleet, host))?.campaigns[0]?.answered ?? 0;
}

/** Waits for something that has no event; a test that waits in vain fails by its time limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

/** Has a host's worker killed at random moments, three times, and then work to the end. */
export async function workThroughKills(fleet: TestFleet, host: string): Promise<void> {
  const url = await planWell(fleet, host);
  for (let kill = 0; kill < 3; kill++) {
    const worker = startWorker(host, url);
    const before = await answered(fleet, host);
    await until(async () => worker.process.exitCode !== null || (await answered(fleet, host)) > before);
    await sleep(Math.random() * 500);
    worker.process.kill("SIGKILL");
    await worker.ended;
    await until(() => marked(worker.mark).length === 0);
  }
  const last = startWorker(host, url);
  expect(await last.ended).toEqual([0, null]);
  await expectComplete(fleet, host, last.mark);
}

/** Everything is there once, whole and in order, and nobody is left. */
export async function expectComplete({ database }: TestFleet, host: string, mark: string): Promise<void> {
  await until(() => marked(mark).length === 0);
  const out = mkdtempSync(join(tmpdir(), "faults-fleet-"));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  const [collected] = await Array.fromAsync(collect(database, [countdownMeasurable], out, host));
  expect(collected?.kind).toBe("collected");
  const tables = readExperiment(join(out, host, "countdown"), countdown);
  expect(tables.runs.rows).toBe(runs);
  const counted = await database.query(
    "SELECT run FROM fleet.answer WHERE host = $1 AND standing = 'accepted' GROUP BY run HAVING count(*) = 1",
    [host],
  );
  expect(counted).toHaveLength(runs);
}

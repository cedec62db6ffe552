import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { collect } from "../../src/fleet/collect.ts";
import { persist } from "../../src/fleet/database/outage.ts";
import { type FleetOrder, planFleet } from "../../src/fleet/plan-fleet.ts";
import { fleetStatus } from "../../src/fleet/status.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import {
  countdownMeasurable,
  openFolder,
  smokeOrder,
  startTestFleet,
  type TestFleet,
} from "../fleet/fixtures/countdown-fleet.ts";
import { countdown } from "../harness/fixtures/countdown.ts";
import { canCount, marked } from "./marked-processes.ts";
import { openSeverableWay } from "./severable-way.ts";

/** `make faults` sets it; the everyday suite has the fences in lib/test/fleet. */
const asked = process.env["FAULTS"] !== undefined && canCount;
const timeout = 900_000;
const leaseSeconds = 8;

let fleet: TestFleet;
beforeAll(async () => {
  if (asked) fleet = await startTestFleet(true);
}, timeout);
afterAll(() => fleet?.end(), timeout);

const workerFixture = join(import.meta.dirname, "../fleet/fixtures/countdown-worker.ts");

/** A worker in a process of its own, and how to find all that it started. */
interface Worker {
  readonly process: ChildProcess;
  readonly mark: string;
  readonly ended: Promise<unknown>;
}

function startWorker(host: string, url: string, nodeOptions: readonly string[] = []): Worker {
  const mark = `SCHEDULING_SAFETY_TEST=${randomUUID()}`;
  const [name = "", value = ""] = mark.split("=");
  const worker = spawn(process.execPath, [...nodeOptions, workerFixture], {
    stdio: ["ignore", "ignore", process.env["FAULTS"] === "loud" ? "inherit" : "ignore"],
    env: {
      ...process.env,
      FLEET_URL: url,
      FLEET_HOST: host,
      FLEET_LEASE: String(leaseSeconds),
      [name]: value,
    },
  });
  onTestFinished(() => {
    worker.kill("SIGKILL");
  });
  return { process: worker, mark, ended: once(worker, "exit") };
}

const order: FleetOrder = { ...smokeOrder, leaseSeconds };
const runs = 6;

/** Plans six healthy runs for a host. */
async function planWell(host: string): Promise<string> {
  const url = await fleet.enrol(host);
  await planFleet(fleet.database, fleet.boss, order, [host]);
  return url;
}

/** The test itself waits for a database that it has killed. */
const patience = { signal: new AbortController().signal, tell: () => {} };

const answered = (host: string) => answeredIn(fleet, host);

async function answeredIn({ database }: TestFleet, host: string): Promise<number> {
  const hosts = await persist(() => fleetStatus(database), patience);
  return hosts.find((one) => one.host === host)?.campaigns[0]?.answered ?? 0;
}

/** Waits for something that has no event; a test that waits in vain fails by its time limit. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

/** Everything is there once, whole and in order, and nobody is left. */
const expectComplete = (host: string, mark: string) => expectCompleteIn(fleet, host, mark);

async function expectCompleteIn({ database }: TestFleet, host: string, mark: string): Promise<void> {
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

async function workUntilDone(host: string, url: string): Promise<void> {
  const worker = startWorker(host, url);
  expect(await worker.ended).toEqual([0, null]);
  await expectComplete(host, worker.mark);
}

test.runIf(asked)(
  "a worker killed at random moments, again and again, loses no run and does none twice",
  async () => {
    const url = await planWell("killed");
    for (let kill = 0; kill < 3; kill++) {
      const worker = startWorker("killed", url);
      const before = await answered("killed");
      await until(async () => worker.process.exitCode !== null || (await answered("killed")) > before);
      await sleep(Math.random() * 500);
      worker.process.kill("SIGKILL");
      await worker.ended;
      await until(() => marked(worker.mark).length === 0);
    }
    await workUntilDone("killed", url);
  },
  timeout,
);

test.runIf(asked)(
  "a killed run is recorded as a crash, once, and the others go on",
  async () => {
    const url = await planWell("run-killed");
    const worker = startWorker("run-killed", url);
    const runOf = () =>
      marked(worker.mark).find((pid) =>
        commandOf(pid).some((argument) => /run-process\.[jt]s$/.test(argument)),
      );
    let victim: number | undefined;
    await until(() => {
      victim = runOf();
      return victim !== undefined;
    });
    if (victim !== undefined) process.kill(victim, "SIGKILL");
    expect(await worker.ended).toEqual([0, null]);
    await expectComplete("run-killed", worker.mark);
    const status = (await fleetStatus(fleet.database)).find(({ host }) => host === "run-killed");
    expect(status?.campaigns[0]?.invalid).toEqual({ crash: 1 });
  },
  timeout,
);

test.runIf(asked)(
  "the database killed without a word comes back by itself, and four workers go on where they were",
  async () => {
    const hosts = ["north", "east", "south", "west"];
    const urls = await Promise.all(hosts.map(planWell));
    const workers = hosts.map((host, i) => startWorker(host, urls[i] ?? ""));
    for (let kill = 0; kill < 2; kill++) {
      const before = await answered("north");
      await until(async () => (await answered("north")) > before);
      process.kill(postmaster(), "SIGKILL");
      await persist(() => fleetStatus(fleet.database), patience);
    }
    for (const [i, worker] of workers.entries()) {
      expect(await worker.ended).toEqual([0, null]);
      await expectComplete(hosts[i] ?? "", worker.mark);
    }
  },
  timeout,
);

test.runIf(asked)(
  "a worker stopped beyond its lease and continued finds its run offered anew; its late answer does not count",
  async () => {
    const url = await planWell("stopped");
    const worker = startWorker("stopped", url);
    await until(async () => (await answered("stopped")) > 0);
    const signal = (name: NodeJS.Signals) => {
      for (const pid of marked(worker.mark)) process.kill(pid, name);
    };
    signal("SIGSTOP");
    await until(async () => {
      const [job] = await fleet.database.query(
        "SELECT FROM pgboss.job WHERE name = 'host-stopped' AND state = 'retry'",
      );
      return job !== undefined;
    });
    signal("SIGCONT");
    expect(await worker.ended).toEqual([0, null]);
    await expectComplete("stopped", worker.mark);
  },
  timeout,
);

test.runIf(asked)(
  "a worker that another displaced while it was stopped ends, and harms nothing",
  async () => {
    const url = await planWell("displaced");
    const first = startWorker("displaced", url);
    await until(async () => (await answered("displaced")) > 0);
    const stopped = marked(first.mark);
    for (const pid of stopped) process.kill(pid, "SIGSTOP");
    const second = startWorker("displaced", url);
    const before = await answered("displaced");
    await until(async () => (await answered("displaced")) > before);
    for (const pid of stopped) process.kill(pid, "SIGCONT");
    expect(await first.ended).toEqual([3, null]);
    expect(await second.ended).toEqual([0, null]);
    await expectComplete("displaced", second.mark);
  },
  timeout,
);

test.runIf(asked)(
  "a way that is cut beyond the lease and mended costs no run",
  async () => {
    const url = new URL(await planWell("cut-off"));
    const way = await openSeverableWay(Number(url.port));
    onTestFinished(() => way.close());
    url.port = String(way.port);
    const worker = startWorker("cut-off", url.href);
    await until(async () => (await answered("cut-off")) > 0);
    way.cut();
    await sleep(3 * 1000 * leaseSeconds);
    way.mend();
    expect(await worker.ended).toEqual([0, null]);
    await expectComplete("cut-off", worker.mark);
  },
  timeout,
);

test.runIf(asked)(
  "clocks that are an hour apart, and one that jumps while it works, change nothing",
  async () => {
    const shift = (ms: string) => [
      "--import",
      `data:text/javascript,const n=Date.now.bind(Date);let k=0;Date.now=()=>n()+(${ms});`,
    ];
    const clocks: readonly (readonly [string, string])[] = [
      ["ahead", "3600000"],
      ["behind", "-3600000"],
      ["jumping", "(k++%25 20<10?0:-1800000)"],
    ];
    const workers = [];
    for (const [host, ms] of clocks) workers.push(startWorker(host, await planWell(host), shift(ms)));
    for (const [i, worker] of workers.entries()) {
      expect(await worker.ended).toEqual([0, null]);
      await expectComplete(clocks[i]?.[0] ?? "", worker.mark);
    }
  },
  timeout,
);

test.runIf(asked && canMount())(
  "a disk that is full at the server and emptied again costs no run",
  async () => {
    const folder = openFolder();
    const disk = join(folder, "server");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=200m,mode=711", "none", disk]);
    onTestFinished(() => {
      execFileSync("umount", ["--lazy", disk]);
      rmSync(folder, { recursive: true, force: true });
    });
    const full = await startTestFleet(true, folder);
    onTestFinished(async () => {
      await full.close();
      await full.server.stop();
    });
    const url = await full.enrol("filled");
    await planFleet(full.database, full.boss, order, ["filled"]);
    const worker = startWorker("filled", url);
    await until(async () => (await answeredIn(full, "filled")) > 0);
    const ballast = join(disk, "ballast");
    fill(ballast);
    expect(statfsSync(disk).bavail).toBe(0);
    await sleep(10_000);
    rmSync(ballast);
    expect(await worker.ended).toEqual([0, null]);
    await expectCompleteIn(full, "filled", worker.mark);
  },
  timeout,
);

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, "w");
  const megabyte = new Uint8Array(2 ** 20);
  try {
    for (;;) writeSync(file, megabyte);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(file);
  }
}

/** Whether this user may mount a small disk to fill. */
function canMount(): boolean {
  const folder = openFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "none", folder], { stdio: "ignore" });
    execFileSync("umount", [folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function postmaster(): number {
  const file = join(fleet.folder, "server", "data", "postmaster.pid");
  return Number(readFileSync(file, "utf8").split("\n")[0]);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startTestFleet, type TestFleet } from "../fleet/fixtures/countdown-fleet.ts";
import {
  answered,
  asked,
  expectComplete,
  leaseSeconds,
  planWell,
  startWorker,
  statusOf,
  timeout,
  until,
  workThroughKills,
} from "./fleet-under-faults.ts";
import { childrenOf, marked } from "./marked-processes.ts";
import { openSeverableWay } from "./severable-way.ts";

let fleet: TestFleet;
beforeAll(async () => {
  if (asked) fleet = await startTestFleet(true);
}, timeout);
afterAll(() => fleet?.end(), timeout);

test.runIf(asked)(
  "a worker killed at random moments, again and again, loses no run and does none twice",
  () => workThroughKills(fleet, "killed"),
  timeout,
);

test.runIf(asked)(
  "a killed run is recorded as a crash, once, and the others go on",
  async () => {
    const url = await planWell(fleet, "run-killed");
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
    await expectComplete(fleet, "run-killed", worker.mark);
    expect((await statusOf(fleet, "run-killed"))?.campaigns[0]?.invalid).toEqual({ crash: 1 });
  },
  timeout,
);

test.runIf(asked)(
  "the database killed without a word comes back by itself, and four workers go on where they were",
  async () => {
    const hosts = ["north", "east", "south", "west"];
    const urls = await Promise.all(hosts.map((host) => planWell(fleet, host)));
    const workers = hosts.map((host, i) => startWorker(host, urls[i] ?? ""));
    for (let kill = 0; kill < 2; kill++) {
      const before = await answered(fleet, "north");
      await until(async () => (await answered(fleet, "north")) > before);
      // One of its own processes cannot notice the second time, and keeps what the next server needs.
      const [deaf] = kill === 0 ? [] : childrenOf(postmaster());
      if (deaf !== undefined) process.kill(deaf, "SIGSTOP");
      process.kill(postmaster(), "SIGKILL");
      await statusOf(fleet, "north");
    }
    for (const [i, worker] of workers.entries()) {
      expect(await worker.ended).toEqual([0, null]);
      await expectComplete(fleet, hosts[i] ?? "", worker.mark);
    }
  },
  timeout,
);

test.runIf(asked)(
  "a worker stopped beyond its lease and continued finds its run offered anew; its late answer does not count",
  async () => {
    const url = await planWell(fleet, "stopped");
    const worker = startWorker("stopped", url);
    await until(async () => (await answered(fleet, "stopped")) > 0);
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
    await expectComplete(fleet, "stopped", worker.mark);
  },
  timeout,
);

test.runIf(asked)(
  "a worker that another displaced while it was stopped ends, and harms nothing",
  async () => {
    const url = await planWell(fleet, "displaced");
    const first = startWorker("displaced", url);
    await until(async () => (await answered(fleet, "displaced")) > 0);
    const stopped = marked(first.mark);
    for (const pid of stopped) process.kill(pid, "SIGSTOP");
    const second = startWorker("displaced", url);
    const before = await answered(fleet, "displaced");
    await until(async () => (await answered(fleet, "displaced")) > before);
    for (const pid of stopped) process.kill(pid, "SIGCONT");
    expect(await first.ended).toEqual([3, null]);
    expect(await second.ended).toEqual([0, null]);
    await expectComplete(fleet, "displaced", second.mark);
  },
  timeout,
);

test.runIf(asked)(
  "a way that is cut beyond the lease and mended costs no run",
  async () => {
    const url = new URL(await planWell(fleet, "cut-off"));
    const way = await openSeverableWay(Number(url.port));
    onTestFinished(() => way.close());
    url.port = String(way.port);
    const worker = startWorker("cut-off", url.href);
    await until(async () => (await answered(fleet, "cut-off")) > 0);
    way.cut();
    await sleep(3 * 1000 * leaseSeconds);
    way.mend();
    expect(await worker.ended).toEqual([0, null]);
    await expectComplete(fleet, "cut-off", worker.mark);
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
    for (const [host, ms] of clocks) workers.push(startWorker(host, await planWell(fleet, host), shift(ms)));
    for (const [i, worker] of workers.entries()) {
      expect(await worker.ended).toEqual([0, null]);
      await expectComplete(fleet, clocks[i]?.[0] ?? "", worker.mark);
    }
  },
  timeout,
);

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

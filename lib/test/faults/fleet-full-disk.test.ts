import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openFolder, startTestFleet } from "../fleet/fixtures/countdown-fleet.ts";
import {
  answered,
  asked,
  expectComplete,
  planWell,
  startWorker,
  timeout,
  until,
} from "./fleet-under-faults.ts";

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
    const url = await planWell(full, "filled");
    const worker = startWorker("filled", url);
    await until(async () => (await answered(full, "filled")) > 0);
    const ballast = join(disk, "ballast");
    fill(ballast);
    expect(statfsSync(disk).bavail).toBe(0);
    await sleep(10_000);
    rmSync(ballast);
    expect(await worker.ended).toEqual([0, null]);
    await expectComplete(full, "filled", worker.mark);
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

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { chooseStore } from "../../src/fleet/parts/chosen-store.ts";
import {
  accessKey,
  type BucketServer,
  secretKey,
  startBucketServer,
} from "../fleet/fixtures/bucket-server.ts";
import { startTestFleet, type TestFleet } from "../fleet/fixtures/countdown-fleet.ts";
import { hashOf, temporaryFolder } from "../fleet/fixtures/small-fleet.ts";
import {
  answered,
  asked,
  expectComplete,
  planWell,
  startWorker,
  timeout,
  until,
  workThroughKills,
} from "./fleet-under-faults.ts";

/** A fleet of its own, which goes with the test. */
async function beginFleet(parts: string): Promise<TestFleet> {
  const fleet = await startTestFleet(true);
  onTestFinished(() => fleet.end());
  await chooseStore(fleet.database, parts);
  return fleet;
}

/** A bucket of its own, whose credentials test and workers know. */
async function beginBucket(): Promise<BucketServer> {
  vi.stubEnv("AWS_ACCESS_KEY_ID", accessKey);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", secretKey);
  const bucket = await startBucketServer();
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await bucket.end();
  });
  return bucket;
}

test.runIf(asked)(
  "a worker killed while its parts go to a folder loses no run, and leaves no half a part",
  async () => {
    const folder = temporaryFolder();
    await workThroughKills(await beginFleet(pathToFileURL(folder).href), "in-folder");
    const parts = readdirSync(folder).filter((name) => /^[0-9a-f]{64}$/.test(name));
    expect(parts.length).toBeGreaterThan(0);
    for (const name of parts) expect(hashOf(readFileSync(join(folder, name)))).toBe(name);
  },
  timeout,
);

test.runIf(asked)(
  "a worker killed while its parts go to a bucket loses no run",
  async () => workThroughKills(await beginFleet((await beginBucket()).url), "in-bucket"),
  timeout,
);

test.runIf(asked)(
  "a bucket that is busy beyond a lease, again and again, costs no run",
  async () => {
    const bucket = await beginBucket();
    const fleet = await beginFleet(bucket.url);
    const worker = startWorker("busy", await planWell(fleet, "busy"));
    for (let outage = 1; outage <= 2; outage++) {
      await until(async () => (await answered(fleet, "busy")) >= outage);
      bucket.isBusy = true;
      await sleep(10_000);
      bucket.isBusy = false;
    }
    expect(await worker.ended).toEqual([0, null]);
    await expectComplete(fleet, "busy", worker.mark);
  },
  timeout,
);

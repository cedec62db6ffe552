import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { closeHost } from "../../src/fleet/hosts.ts";
import { fleetStatus } from "../../src/fleet/status.ts";
import { keepLease, type Lease } from "../../src/fleet/work/lease.ts";
import { type WorkEnd, work } from "../../src/fleet/work/work.ts";
import { DataError, UsageError } from "../../src/measure/study-error.ts";
import { startTestFleet, type TestFleet } from "./fixtures/countdown-fleet.ts";
import { beginFleet, temporaryFolder } from "./fixtures/small-fleet.ts";

let fleet: TestFleet;
beforeAll(async () => {
  fleet = await startTestFleet();
});
afterAll(() => fleet.end());

const session = { host: "lonely", number: 1, leaseSeconds: 1 };
const nowhere = "postgres://fleet_lonely:password@127.0.0.1:1/postgres";

async function keep(url: string, of = session): Promise<Lease> {
  const lease = await keepLease(url, of);
  onTestFinished(() => lease.end());
  return lease;
}

/** Works for a host that has nothing to do, until that ends. */
function workFor(host: string, url: string, tell: (text: string) => void = () => {}): Promise<WorkEnd> {
  const request = { url, host, measurables: [], leaseSeconds: 1 };
  return work(request, { signal: new AbortController().signal, tell });
}

test("a keeper that cannot be started is told as what it is", async () => {
  const path = join(temporaryFolder(), "node");
  const { execPath } = process;
  process.execPath = path;
  onTestFinished(() => {
    process.execPath = execPath;
  });
  const lease = await keep(nowhere);
  expect(lease.lost.aborted).toBe(true);
  expect(() => lease.check()).toThrow(`spawn ${path} ENOENT`);
});

test("a database that is away is waited for", async () => {
  const lease = await keep(nowhere);
  expect(lease.lost.aborted).toBe(false);
  expect(lease.check()).toBe("kept");
});

test("a session that another worker has taken over is told as that", async () => {
  const url = await fleet.enrol("passed");
  const lease = await keep(url, { ...session, host: "passed" });
  expect(lease.lost.aborted).toBe(true);
  expect(lease.check()).toBe("superseded");
});

test("an error of the keeper's is of the same kind in the worker", async () => {
  const small = await beginFleet(fleet, "unprepared");
  await small.database.query("UPDATE fleet.host SET session = 1");
  await small.database.query("UPDATE pgboss.version SET version = 1");
  const lease = await keep(small.hostUrl, { ...session, host: small.host });
  expect(lease.lost.aborted).toBe(true);
  expect(() => lease.check()).toThrow(UsageError);
  expect(() => lease.check()).toThrow(/^database holds no fleet of this version: /);
});

test("a worker whose keeper ends without a word ends with that, and not as if another had taken over", async () => {
  const url = await fleet.enrol("unkept");
  vi.stubEnv("NODE_OPTIONS", "--import=data:text/javascript,process.exit(7)");
  onTestFinished(() => void vi.unstubAllEnvs());
  const told = "keeper of the lease ended without a word (7): unkept; start its `fleet work` again";
  await expect(workFor("unkept", url)).rejects.toThrow(new DataError(told));
  const status = (await fleetStatus(fleet.database)).find(({ host }) => host === "unkept");
  expect(status).toMatchObject({ state: "silent", note: told });
});

test("a worker whose host is closed meanwhile says that the database refuses it", async () => {
  const url = await fleet.enrol("closing");
  const idle = Promise.withResolvers<void>();
  const end = workFor("closing", url, (text) => {
    if (text.startsWith("the queue is empty")) idle.resolve();
  });
  await Promise.race([idle.promise, end]);
  const refused = expect(end).rejects.toThrow(
    new UsageError(
      'database refuses the host: closing, role "fleet_closing" is not permitted to log in; enrol it with `fleet enrol closing` and pass the file that this writes',
    ),
  );
  await closeHost(fleet.database, fleet.boss, "closing");
  await refused;
});

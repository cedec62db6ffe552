import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Collected, collect } from "../../src/fleet/collect.ts";
import { openDatabase } from "../../src/fleet/database/connection.ts";
import { openOwnQueue, type QueuedRun, queueOf, tableOf } from "../../src/fleet/database/queue.ts";
import { startFleetServer } from "../../src/fleet/fleet-server.ts";
import { hostFacts } from "../../src/fleet/host-facts.ts";
import { closeHost } from "../../src/fleet/hosts.ts";
import { planFleet } from "../../src/fleet/plan-fleet.ts";
import { fleetStatus } from "../../src/fleet/status.ts";
import { type Answer, handIn } from "../../src/fleet/work/answer.ts";
import { giveBack } from "../../src/fleet/work/give-back.ts";
import { beginSession, endSession, renewSession } from "../../src/fleet/work/session.ts";
import { work } from "../../src/fleet/work/work.ts";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { DataError, UsageError } from "../../src/measure/study-error.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { countdown } from "../harness/fixtures/countdown.ts";
import { countdownRequest, silent } from "../harness/fixtures/countdown-request.ts";
import {
  countdownMeasurable,
  smokeOrder,
  startTestFleet,
  type TestFleet,
} from "./fixtures/countdown-fleet.ts";

let fleet: TestFleet;
beforeAll(async () => {
  fleet = await startTestFleet();
});
afterAll(() => fleet.end());

const untilDone = { signal: new AbortController().signal, tell: () => {} };
const conditions = new URL("../harness/fixtures/quiet-conditions.ts", import.meta.url);

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "fleet-out-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function collectAll(out: string, host: string): Promise<Collected[]> {
  return Array.fromAsync(collect(fleet.database, [countdownMeasurable], out, host));
}

/** Opens a host's own view of the database. */
async function asHost(url: string) {
  const database = await openDatabase(url);
  onTestFinished(() => database.close());
  return database;
}

test("a host's collected tables are those of a campaign on that host alone", async () => {
  const url = await fleet.enrol("same");
  const [share] = await planFleet(fleet.database, fleet.boss, smokeOrder, ["same"]);
  expect(share).toMatchObject({ host: "same", experiment: "countdown", runs: 6 });
  await expect(
    work({ url, host: "same", measurables: [countdownMeasurable], untilDone: true, conditions }, untilDone),
  ).resolves.toBe("done");
  const out = temporaryFolder();
  const [collected] = await collectAll(out, "same");
  expect(collected?.kind).toBe("collected");
  expect(existsSync(join(out, "same", "countdown", "unfinished"))).toBe(false);

  const alone = temporaryFolder();
  await runCampaign(countdownRequest(alone, "smoke"), silent, untilDone.signal);
  const [ours, local] = [join(out, "same"), alone].map((folder) =>
    readExperiment(join(folder, "countdown"), countdown),
  );
  if (!ours || !local) throw new Error("two data sets were measured");
  const timed = ["startedMs", "wallMs"];
  const columnsOf = ({ runs }: typeof ours) =>
    Object.entries(runs.columns).filter(([name]) => !timed.includes(name));
  expect(columnsOf(ours)).toEqual(columnsOf(local));
  const { response } = countdown;
  const samplesOf = ({ samples }: typeof ours) =>
    ["run", ...Object.keys(response)].map((name) => samples.column(name));
  expect(samplesOf(ours)).toEqual(samplesOf(local));
  expect(ours.samples.rows).toBe(16);
  const { tables: _, conditions: __, date: ___, replication, ...manifest } = ours.manifest;
  expect(manifest).toEqual(
    Object.fromEntries(
      Object.keys(manifest).map((name) => [name, local.manifest[name as keyof typeof manifest]]),
    ),
  );
  expect(replication?.cells.map(({ runs, valid }) => [runs, valid])).toEqual(
    local.manifest.replication?.cells.map(({ runs, valid }) => [runs, valid]),
  );
  expect((await collectAll(out, "same"))[0]?.kind).toBe("there already");
});

test("planning the same again adds nothing", async () => {
  await fleet.enrol("twice");
  const plan = () => planFleet(fleet.database, fleet.boss, smokeOrder, ["twice"]);
  expect((await plan())[0]?.runs).toBe(6);
  expect((await plan())[0]?.runs).toBe(0);
  const table = await tableOf(fleet.boss, "twice");
  expect(await fleet.database.query(`SELECT FROM pgboss."${table}"`)).toHaveLength(6);
});

test("runs that were given up are done once the host is enrolled and the same is planned again", async () => {
  const old = await firstRun("returning");
  await handIn(old.database, old.boss, old.fetched, { ...old.answer(""), part: null });
  const [active] = await old.boss.fetch<QueuedRun>(queueOf("returning"));
  expect(active?.data.job.order).toBe(1);
  await expect(closeHost(fleet.database, fleet.boss, "returning")).resolves.toEqual({ givenUp: 5 });
  await fleet.enrol("returning");
  const plan = () => planFleet(fleet.database, fleet.boss, smokeOrder, ["returning"]);
  const again = await plan();
  expect(again).toMatchObject([{ host: "returning", experiment: "countdown", runs: 5 }]);
  expect((await plan())[0]?.runs).toBe(0);
  expect(await ordersLeft("returning", fleet.boss)).toEqual([
    [1, 1],
    [2, 0],
    [3, 0],
    [4, 0],
    [5, 0],
  ]);
});

test("who is not enrolled, or was closed, can neither read nor write", async () => {
  const url = new URL(await fleet.enrol("leaving"));
  await planFleet(fleet.database, fleet.boss, smokeOrder, ["leaving"]);
  const asking = (address: string) =>
    work({ url: address, host: "leaving", measurables: [countdownMeasurable], untilDone: true }, untilDone);
  const wrong = new URL(url);
  wrong.password = "guessed";
  await expect(asking(wrong.href)).rejects.toThrow(/^database refuses the host: leaving, .*enrol it with/);
  await expect(closeHost(fleet.database, fleet.boss, "leaving")).resolves.toEqual({ givenUp: 6 });
  await expect(asking(url.href)).rejects.toThrow(/^database refuses the host: leaving/);
});

test("a folder serves one fleet at a time, and a damaged lock is told with what helps", async () => {
  const serve = (folder: string) => startFleetServer({ folder }, untilDone);
  const folder = join(fleet.folder, "server");
  await expect(serve(folder)).rejects.toThrow(
    new UsageError(
      `folder is in use by another fleet server: ${join(folder, "lock")}; stop it, or choose another with --folder`,
    ),
  );
  const damaged = join(temporaryFolder(), "lock");
  writeFileSync(damaged, "no lock ".repeat(1000));
  await expect(serve(dirname(damaged))).rejects.toThrow(
    new DataError(`lock is damaged: ${damaged}; delete it to go on`),
  );
});

test("a host sees and changes nothing of another", async () => {
  await fleet.enrol("victim");
  await planFleet(fleet.database, fleet.boss, smokeOrder, ["victim"]);
  const other = await asHost(await fleet.enrol("other"));
  const table = await tableOf(fleet.boss, "victim");
  await expect(other.query(`SELECT FROM pgboss."${table}"`)).rejects.toThrow("permission denied");
  await expect(other.query("SELECT FROM pgboss.job")).rejects.toThrow("permission denied");
  expect(await other.query("SELECT label FROM fleet.host")).toEqual([{ label: "other" }]);
  expect(await other.query("SELECT FROM fleet.campaign")).toEqual([]);
  expect(await other.query("SELECT FROM fleet.part")).toEqual([]);
  expect(await other.query("UPDATE fleet.host SET note = 'mine' WHERE label = 'victim' RETURNING 1")).toEqual(
    [],
  );
  await expect(
    other.query(
      `INSERT INTO fleet.answer (host, plan, run, attempt, standing, took_ms)
       SELECT 'victim', repeat('0', 64), 0, 0, 'accepted', 0`,
    ),
  ).rejects.toThrow("row-level security");
  await expect(other.query("DELETE FROM fleet.answer")).rejects.toThrow("permission denied");
  await expect(
    other.query("INSERT INTO fleet.part (sha256, bytes) VALUES (repeat('0', 64), 'something else')"),
  ).rejects.toThrow("check constraint");
});

/** Takes the first run of a host's queue, and what could be answered to it. */
async function firstRun(label: string) {
  const database = await asHost(await fleet.enrol(label));
  await planFleet(fleet.database, fleet.boss, smokeOrder, [label]);
  const boss = await openOwnQueue(database);
  onTestFinished(() => boss.stop({ close: false, graceful: false }));
  const [fetched] = await boss.fetch<QueuedRun>(queueOf(label));
  if (!fetched) throw new Error("a run was planned");
  const { plan, job } = fetched.data;
  const answer = (text: string): Answer => ({
    host: label,
    plan,
    run: job.run,
    part: new TextEncoder().encode(text),
    invalidReason: null,
    tookMs: 1,
  });
  return { database, boss, fetched, answer, job };
}

/** Fetches all that is left in a host's queue: each run's place in its plan, and the attempts before this one. */
async function ordersLeft(label: string, boss: PgBoss): Promise<[order: number, retryCount: number][]> {
  const [next] = await boss.fetch<QueuedRun>(queueOf(label));
  if (!next) return [];
  return [[next.data.job.order, next.retryCount], ...(await ordersLeft(label, boss))];
}

test("runs are fetched in the order of the plan, also after one was given back", async () => {
  const { database, boss, fetched, job } = await firstRun("ordered");
  expect(job.order).toBe(0);
  await giveBack(database, boss, "ordered", [fetched]);
  expect(await ordersLeft("ordered", boss)).toEqual([
    [0, 1],
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 0],
    [5, 0],
  ]);
});

test("an answer handed in twice counts once, and another content of the same attempt is refused", async () => {
  const { database, boss, fetched, answer } = await firstRun("twofold");
  await expect(handIn(database, boss, fetched, answer("one"))).resolves.toBe("accepted");
  await expect(handIn(database, boss, fetched, answer("one"))).resolves.toBe("accepted");
  await expect(handIn(database, boss, fetched, answer("two"))).rejects.toThrow(
    /^attempt 0 of run 0 was answered already, with another content/,
  );
  expect(await database.query("SELECT standing, attempt FROM fleet.answer")).toEqual([
    { standing: "accepted", attempt: 0 },
  ]);
});

test("an answer of an attempt that lost its lease is kept, marked late, and never counts", async () => {
  const { database, boss, fetched, answer } = await firstRun("late");
  await giveBack(database, boss, "late", [fetched]);
  const [again] = await boss.fetch<QueuedRun>(queueOf("late"));
  if (!again) throw new Error("the run was given back");
  await expect(handIn(database, boss, fetched, answer("stale"))).resolves.toBe("late");
  await expect(handIn(database, boss, again, answer("fresh"))).resolves.toBe("accepted");
  await expect(handIn(database, boss, fetched, answer("stale"))).resolves.toBe("late");
  expect(await database.query("SELECT attempt, standing FROM fleet.answer ORDER BY attempt")).toEqual([
    { attempt: 0, standing: "late" },
    { attempt: 1, standing: "accepted" },
  ]);
  const status = (await fleetStatus(fleet.database)).find(({ host }) => host === "late");
  expect(status?.campaigns).toMatchObject([{ answered: 1, late: 1 }]);
});

test("a host has one worker at a time, and the later one displaces the earlier only after its lease", async () => {
  const database = await asHost(await fleet.enrol("single"));
  const first = await beginSession(database, "single", hostFacts(), 3600);
  if (!("number" in first)) throw new Error("nobody held the host");
  expect(await beginSession(database, "single", hostFacts(), 3600)).toEqual({
    heldForSeconds: expect.closeTo(3600, -2),
  });
  expect(await renewSession(database, first)).toBe(true);
  await endSession(database, first, null);
  const second = await beginSession(database, "single", hostFacts(), 3600);
  expect(second).toMatchObject({ number: first.number + 1 });
  expect(await renewSession(database, first)).toBe(false);
});

test("a worker with other code is refused with a sentence, and its run stays in its place", async () => {
  const url = await fleet.enrol("other-code");
  const [measured] = smokeOrder.measurables;
  if (!measured) throw new Error("the order has one experiment");
  const order = { ...smokeOrder, measurables: [{ ...measured, restriction: { size: [1] } }] };
  await planFleet(fleet.database, fleet.boss, order, ["other-code"]);
  const measurables = [
    { ...countdownMeasurable, module: new URL("../harness/fixtures/busy-conditions.ts", import.meta.url) },
  ];
  await expect(work({ url, host: "other-code", measurables, untilDone: true }, untilDone)).rejects.toThrow(
    /^code is another than the one countdown was planned with: code \(planned [0-9a-f]{12}, here [0-9a-f]{12}\); check out/,
  );
  const status = (await fleetStatus(fleet.database)).find(({ host }) => host === "other-code");
  expect(status?.note).toMatch(/^code is another/);
  expect(status?.campaigns).toMatchObject([{ answered: 0, planned: 2 }]);
  await expect(
    work(
      { url, host: "other-code", measurables: [countdownMeasurable], untilDone: true, conditions },
      untilDone,
    ),
  ).resolves.toBe("done");
  expect((await collectAll(temporaryFolder(), "other-code"))[0]?.kind).toBe("collected");
});

test("hosts that are unknown, closed or silent so far cannot be planned for", async () => {
  const plan = (label: string) => planFleet(fleet.database, fleet.boss, smokeOrder, [label]);
  await expect(plan("nobody")).rejects.toThrow(/^host is not enrolled: nobody; enrolled are /);
  await fleet.enrol("unheard");
  await fleet.database.query("UPDATE fleet.host SET facts = NULL WHERE label = 'unheard'");
  await expect(plan("unheard")).rejects.toThrow(/^host has not said yet what it is: unheard; start/);
  await closeHost(fleet.database, fleet.boss, "unheard");
  await expect(plan("unheard")).rejects.toThrow(/^host is closed: unheard; open it again/);
});

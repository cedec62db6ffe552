import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Collected, collect } from "../../src/fleet/collect.ts";
import { planFleet } from "../../src/fleet/plan-fleet.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { complained, printed, scheduling } from "../cli/scheduling.ts";
import { countdown } from "../harness/fixtures/countdown.ts";
import {
  countdownMeasurable,
  smokeOrder,
  startTestFleet,
  type TestFleet,
} from "./fixtures/countdown-fleet.ts";
import { measure, temporaryFolder } from "./fixtures/small-fleet.ts";

/** Happens as soon as a folder's lock is given back. */
const onceUnlocked = vi.hoisted(() => ({ happens: (_path: string): void => {} }));
afterEach(() => {
  onceUnlocked.happens = () => {};
});
vi.mock("../../src/harness/campaign-lock.ts", async (load) => {
  const real = await load<typeof import("../../src/harness/campaign-lock.ts")>();
  return {
    ...real,
    lockFolder: (path: string, locker: Parameters<typeof real.lockFolder>[1]) => {
      const unlock = real.lockFolder(path, locker);
      return () => {
        unlock();
        onceUnlocked.happens(path);
      };
    },
  };
});

let fleet: TestFleet;
beforeAll(async () => {
  fleet = await startTestFleet();
});
afterAll(() => fleet.end());

/** Plans, for a host, a campaign of runs of one size, which tells it from others. */
async function plan(host: string, size: number): Promise<void> {
  const measurables = [{ measurable: countdownMeasurable, restriction: { size: [size] } }];
  await planFleet(fleet.database, fleet.boss, { ...smokeOrder, measurables }, [host]);
}

/** Plans such a campaign and has it measured. */
async function measured(host: string, hostUrl: string, size: number): Promise<void> {
  await plan(host, size);
  expect(await measure({ host, hostUrl })).toBe("done");
}

function collectFrom(
  host: string,
  out: string,
  measurables = [countdownMeasurable],
): Promise<readonly Collected[]> {
  return Array.fromAsync(collect(fleet.database, measurables, out, host));
}

const kindsOf = (all: readonly Collected[]) => all.map(({ kind }) => kind);

/** What of a collected folder tells its campaign from others. */
function sizeIn(folder: string): unknown {
  return readExperiment(folder, countdown).manifest.parameters.restriction["size"];
}

test("of two campaigns of an experiment on a host the later takes the place of the earlier, once it is finished", async () => {
  const url = await fleet.enrol("again");
  const out = temporaryFolder();
  const folder = join(out, "again", "countdown");
  await measured("again", url, 1);
  expect(kindsOf(await collectFrom("again", out))).toEqual(["collected"]);
  await plan("again", 2);
  expect(kindsOf(await collectFrom("again", out))).toEqual(["there already", "unfinished"]);
  expect(sizeIn(folder)).toEqual([1]);
  await measured("again", url, 2);
  expect(kindsOf(await collectFrom("again", out))).toEqual(["passed over", "replaced"]);
  expect(sizeIn(folder)).toEqual([2]);
  expect(kindsOf(await collectFrom("again", out))).toEqual(["passed over", "there already"]);
  const elsewhere = temporaryFolder();
  expect(kindsOf(await collectFrom("again", elsewhere))).toEqual(["passed over", "collected"]);
  expect(sizeIn(join(elsewhere, "again", "countdown"))).toEqual([2]);
});

test("a campaign under way in the folder is left as it is", async () => {
  const url = await fleet.enrol("busy");
  const out = temporaryFolder();
  await measured("busy", url, 1);
  const start = join(out, "busy", "countdown", "unfinished", "campaign.json");
  mkdirSync(dirname(start), { recursive: true });
  writeFileSync(start, "{}");
  expect(await collectFrom("busy", out)).toMatchObject([
    {
      kind: "not collected",
      problem: { message: expect.stringMatching(/^folder holds a campaign that is unfinished: /) },
    },
  ]);
  expect(existsSync(start)).toBe(true);
});

test("a campaign that begins as soon as tables are collected keeps its folder", async () => {
  const url = await fleet.enrol("quick");
  const out = temporaryFolder();
  await measured("quick", url, 1);
  const unfinished = join(out, "quick", "countdown", "unfinished");
  onceUnlocked.happens = (path) => {
    if (path !== join(unfinished, "lock")) return;
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, "campaign.json"), "{}");
  };
  expect(kindsOf(await collectFrom("quick", out))).toEqual(["collected"]);
  expect(readdirSync(dirname(unfinished)).sort()).toEqual([
    "manifest.json",
    "runs.arrow",
    "samples.arrow",
    "unfinished",
  ]);
  expect(readdirSync(unfinished)).toEqual(["campaign.json"]);
});

test("what other code has planned is there already, or is told to be of other code", async () => {
  const url = await fleet.enrol("older");
  const out = temporaryFolder();
  await measured("older", url, 1);
  await collectFrom("older", out);
  const others = [
    { ...countdownMeasurable, module: new URL("../harness/fixtures/busy-conditions.ts", import.meta.url) },
  ];
  expect(kindsOf(await collectFrom("older", out, others))).toEqual(["there already"]);
  expect(await collectFrom("older", temporaryFolder(), others)).toMatchObject([
    {
      kind: "not collected",
      problem: { message: expect.stringMatching(/^code is another than the one countdown was planned with/) },
    },
  ]);
});

/** Runs the command on this fleet; gives its exit code. */
function collecting(...options: string[]): Promise<number> {
  const address = join(fleet.folder, "server", "admin.url");
  return scheduling("fleet", "collect", "--database", address, ...options);
}

test("where nothing comes of it, the command says why and does not end as if it were done", async () => {
  const out = temporaryFolder();
  const collect = (host: string) => collecting("--out", out, `--host=${host}`);
  await fleet.enrol("idle");
  expect(await collect("idel")).toBe(2);
  expect(complained).toMatch(/^error: host is not enrolled: idel; enrolled are .*idle/);
  expect(await collect("idle")).toBe(1);
  expect(complained).toContain(
    "error: campaign is missing: none is planned for idle; plan one with `fleet plan`\n",
  );
  await plan("idle", 1);
  expect(await collect("idle")).toBe(1);
  expect(printed).toEqual(["idle countdown: unfinished, 0 of 2 runs answered"]);
  expect(complained).toContain(
    "error: no campaign is finished: 0 of 1; collect again once `fleet status` shows",
  );
});

test("no name of a host and no link leads among the reference data", async () => {
  for (const host of ["reference", "linked"]) {
    await fleet.enrol(host);
    await plan(host, 1);
  }
  const reference = join(projectRoot, "data", "reference");
  expect(await collecting("--out", join(projectRoot, "data"), "--host=reference")).toBe(2);
  expect(complained).toContain(`error: folder belongs to the reference data: ${reference};`);
  const out = temporaryFolder();
  const link = join(out, "linked", "countdown");
  mkdirSync(dirname(link));
  symlinkSync(reference, link);
  expect(await collecting("--out", out, "--host=linked")).toBe(2);
  expect(complained).toContain(`error: folder belongs to the reference data: ${link};`);
});

test("what cannot be collected is told at the end, with what helps, and keeps nothing else from being collected", async () => {
  for (const [host, size] of [
    ["gap", 1],
    ["given", 2],
    ["whole", 1],
  ] as const)
    await measured(host, await fleet.enrol(host), size);
  await fleet.database.query("DELETE FROM fleet.answer WHERE host = 'gap' AND run = 0");
  const out = temporaryFolder();
  const folderOf = (host: string) => join(out, host, "countdown");
  expect(kindsOf(await collectFrom("whole", out))).toEqual(["collected"]);
  // A campaign of another host is none that this one has measured.
  cpSync(folderOf("whole"), folderOf("given"), { recursive: true });
  rmSync(folderOf("whole"), { recursive: true });

  expect(await collecting("--out", out)).toBe(1);
  expect(complained).toBe(
    `error: not collected: gap countdown, run 0 of countdown on gap was never answered
error: not collected: given countdown, folder holds a campaign that this fleet did not plan: ${folderOf("given")}; choose another with --out, or remove it
`,
  );
  expect(printed).toEqual(
    expect.arrayContaining([
      "gap countdown: not collected",
      "given countdown: not collected",
      `whole countdown: collected, 2 of 2 runs valid, ${folderOf("whole")}`,
    ]),
  );
  rmSync(folderOf("given"), { recursive: true });
  expect(await collecting("--out", out, "--host=given")).toBe(0);
  expect(sizeIn(folderOf("given"))).toEqual([2]);
});

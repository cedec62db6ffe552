import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { sweepHeldFolders } from "../../src/measure/held-folder.ts";
import { sweepOwnedFolders } from "../../src/measure/owned-folder.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { countdown } from "../harness/fixtures/countdown.ts";
import { canCount, listening, marked } from "./marked-processes.ts";
import { faults, random, startVictim, temporaryFolder, until, type Victim } from "./victims.ts";

const kills = faults === "long" ? 200 : 8;
const timeout = 60_000 + kills * 60_000;

function start(fixture: string, folder: string, ...args: string[]): Victim {
  return startVictim([process.execPath, fixture, folder, ...args], { env: { TMPDIR: folder } });
}

const campaignFixture = join(import.meta.dirname, "../harness/fixtures/campaign.ts");
const ownerFixture = join(import.meta.dirname, "../workload/fixtures/postgres-owner.ts");

test.runIf(canCount)(
  `a campaign killed at random moments, ${kills} times, leaves no process, and goes on to its end`,
  async () => {
    const [out, spinning] = [temporaryFolder(), temporaryFolder()];
    const folder = join(out, "countdown");
    for (let kill = 0; kill < kills; kill++) {
      const { program, mark } =
        kill % 2 === 0 ? start(campaignFixture, out, "well") : start(campaignFixture, spinning, "spinning");
      const ended = once(program, "exit");
      // The moment is random: anywhere from the start to within a run.
      const processes = Math.floor(random() * 3);
      await Promise.race([ended, until(() => marked(mark).length > processes)]);
      await sleep(random() * 300);
      program.kill("SIGKILL");
      await ended;
      await until(() => marked(mark).length === 0);
      // One that came to its end leaves nothing for the next.
      if (existsSync(join(folder, "manifest.json"))) rmSync(folder, { recursive: true });
    }
    sweepHeldFolders(out);
    expect(await once(start(campaignFixture, out, "well").program, "exit")).toEqual([0, null]);
    expect(readExperiment(folder, countdown).runs.rows).toBe(30);
    expect(readdirSync(out)).toEqual(["countdown"]);
  },
  timeout,
);

test.runIf(canCount)("a killed run is told as a crash, and its campaign goes on to the end", async () => {
  const out = temporaryFolder();
  const { program, mark } = start(campaignFixture, out, "hanging");
  const ended = once(program, "exit");
  await until(() => marked(mark, "run-process").length > 0);
  for (const pid of marked(mark, "run-process")) process.kill(pid, "SIGKILL");
  expect(await ended).toEqual([0, null]);
  const { runs } = readExperiment(join(out, "countdown"), countdown);
  expect([...(runs.columns["invalidReason"] ?? [])]).toEqual([expect.stringMatching(/^crash: SIGKILL/)]);
  expect(marked(mark)).toEqual([]);
});

test.runIf(canCount)(
  "a killed keeper of a database leaves no server and no port, and its folder is swept",
  async () => {
    const folder = temporaryFolder();
    for (let kill = 0; kill < Math.max(2, kills / 8); kill++) {
      const { program, mark } = start(ownerFixture, folder);
      const ended = once(program, "exit");
      const left = () => readdirSync(folder).filter((name) => name.startsWith("scheduling-safety-postgres-"));
      const ports = () =>
        left()
          .flatMap((name) => portOf(join(folder, name, "data")) ?? [])
          .filter((port) => listening().includes(port));
      // One dies while it sets up, the next when its server listens.
      const isUp = kill % 2 === 1;
      await Promise.race([ended, until(() => (isUp ? ports() : left()).length > 0)]);
      if (!isUp) await sleep(random() * 500);
      const [port] = ports();
      if (isUp) expect(port).toBeDefined();
      const keepers = left().map((name) => Number(/postgres-(\d+)-/.exec(name)?.[1]));
      for (const pid of keepers) process.kill(pid, "SIGKILL");
      program.kill("SIGKILL");
      await ended;
      await until(() => marked(mark).length === 0);
      // Programs of another user may hide their environment; they have ended when nothing is written any more.
      await until(() => {
        sweepOwnedFolders(folder);
        return left().length === 0;
      });
      expect(readdirSync(folder)).toEqual([]);
      if (port !== undefined) expect(listening()).not.toContain(port);
    }
  },
  timeout,
);

test.runIf(canCount)(
  "a database whose server process is killed ends with its keeper, folder and all",
  async () => {
    const folder = temporaryFolder();
    const { program, mark } = start(ownerFixture, folder);
    const ended = once(program, "exit");
    await until(() => marked(mark, "-c\0fsync=off").length > 0);
    for (const pid of marked(mark, "-c\0fsync=off")) process.kill(pid, "SIGKILL");
    await ended;
    await until(() => marked(mark).length === 0);
    expect(readdirSync(folder)).toEqual([]);
  },
  timeout,
);

/** The port of the server that keeps its data there; none before it listens. */
function portOf(data: string): number | undefined {
  const path = join(data, "postmaster.pid");
  return existsSync(path) ? Number(readFileSync(path, "utf8").split("\n")[3]) || undefined : undefined;
}

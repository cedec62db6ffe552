import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { DataError, UsageError } from "../../src/measure/study-error.ts";
import { load } from "../../src/tables/load.ts";
import { readManifest, writeManifest } from "../../src/tables/manifest.ts";
import { type ExperimentTables, readExperiment } from "../../src/tables/read-experiment.ts";
import { countdown } from "./fixtures/countdown.ts";
import { countdownRequest, silent } from "./fixtures/countdown-request.ts";

let out: string;
let folder: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "campaign-"));
  folder = join(out, "countdown");
});
afterEach(() => rmSync(out, { recursive: true }));

const never = new AbortController().signal;

/** Stops a campaign before its n-th run. */
function stopBefore(n: number) {
  const stop = new AbortController();
  let runs = 0;
  const next = () => {
    if (runs++ === n) stop.abort();
  };
  return { progress: { ...silent, next }, signal: stop.signal };
}

/** As much of a campaign as has something to stop before, and something after. */
function brief() {
  return countdownRequest(out, "smoke", { size: [1] });
}

function values({ runs }: ExperimentTables, column: string) {
  return [...(runs.columns[column] ?? [])];
}

describe("a campaign", () => {
  test("writes tables that hold every planned run and every sample, and nothing else", async () => {
    const end = await runCampaign(countdownRequest(out, "smoke"), silent, never);
    expect(end.kind).toBe("finished");
    expect(readdirSync(folder).sort()).toEqual(["manifest.json", "runs.arrow", "samples.arrow"]);

    const tables = readExperiment(folder, countdown);
    expect(values(tables, "run")).toEqual([0, 1, 2, 3, 4, 5]);
    expect(values(tables, "size").sort()).toEqual([1, 1, 2, 2, 5, 5]);
    const ofLargest = values(tables, "size").indexOf(5);
    const { samples } = load(countdown, out);
    const rows = (samples.objects() as Record<string, unknown>[]).filter(({ run }) => run === ofLargest);
    const column = (name: string) => rows.map((row) => row[name]);
    expect(column("countNs")).toEqual([-2000, -1000, 0, 1000, 2000]);
    expect(column("lateNs")).toEqual([null, 1, 2, 3, 4]);
    expect(column("colour")).toEqual(["red", "green", "red", "green", "red"]);
  });

  test("tells in its manifest what was measured where, and names no host, user or folder", async () => {
    await runCampaign(countdownRequest(out, "smoke"), silent, never);
    const text = readFileSync(join(folder, "manifest.json"), "utf8");
    expect(JSON.parse(text)).toMatchObject({
      experiment: "countdown",
      profile: "smoke",
      seed: 1,
      runs: { planned: 6 },
      parameters: { blocks: 2, parts: [{ name: "base", scenarios: 3, replicates: 2 }] },
      software: { node: process.versions.node },
      tables: { runs: { rows: 6 }, samples: { rows: 16 } },
    });
    expect(text).not.toContain(out);
    expect(text).not.toMatch(/\/home\/|\/root\/|\/Users\//);
  });

  test("records runs that crash, hang or lack something of the host as invalid, with the reason, and goes on", async () => {
    await runCampaign(countdownRequest(out, "quick"), silent, never);
    const tables = readExperiment(folder, countdown);
    const reasons = values(tables, "behaviour").map((name, row) => [
      name,
      values(tables, "invalidReason")[row],
    ]);
    expect(Object.fromEntries(reasons)).toEqual({
      well: null,
      flagged: null,
      crashing: "crash: exit code 1",
      exiting: "crash: exit code 7",
      frozen: "frozen: stopped by a signal, and continued",
      instrumental: "instrument: load generator, EMFILE",
      lacking: "not testable here: no such device, nor its driver",
      hanging: expect.stringMatching(/^time limit: killed after \d+ ms$/),
      spinning: expect.stringMatching(/^time limit: killed after \d+ ms$/),
    });
    expect(tables.manifest.runs.invalid).toMatchObject({ crash: 2, "time limit": 2, "not testable here": 1 });
  });

  test("stops when run after run crashes, shows why, and does not call that data", async () => {
    const request = countdownRequest(out, "full", { behaviour: ["crashing"] });
    const campaign = runCampaign(request, silent, never);
    await expect(campaign).rejects.toThrow(DataError);
    await expect(campaign).rejects.toThrow(/last 5 .*this run crashes on purpose/s);
    expect(readdirSync(join(folder, "unfinished")).sort()).toEqual(["campaign.json", "lock"]);
  });
});

describe("replicates", () => {
  const steady = (fixed = false) => ({ ...countdownRequest(out, "full", { behaviour: ["steady"] }), fixed });

  test("end once their scenario is known well enough, and the manifest tells so", async () => {
    const totals: number[] = [];
    const next = ({ total }: { total: number }) => void totals.push(total);
    await runCampaign(steady(), { ...silent, next }, never);
    const { manifest, runs } = readExperiment(folder, countdown);
    expect(runs.rows).toBe(7);
    expect(manifest.runs).toMatchObject({ planned: 7, valid: 7 });
    expect(manifest.replication).toMatchObject({
      primary: "p99",
      within: 0.1,
      cells: [
        {
          part: "steady",
          levels: { size: 500 },
          cap: 9,
          runs: 7,
          valid: 7,
          precision: expect.closeTo(0.005, 3),
          ended: "precise",
        },
      ],
    });
    expect(totals).toEqual(new Array(7).fill(9));
  });

  test("are decided alike after an interruption", async () => {
    const { progress, signal } = stopBefore(5);
    await runCampaign(steady(), progress, signal);
    await runCampaign(steady(), silent, never);
    expect(values(readExperiment(folder, countdown), "run")).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("are all done where their number is fixed, which is another campaign", async () => {
    await runCampaign(steady(true), silent, never);
    const { manifest, runs } = readExperiment(folder, countdown);
    expect(runs.rows).toBe(9);
    expect(manifest.replication).toBeUndefined();
    await expect(runCampaign(steady(), silent, never)).rejects.toThrow(/a finished campaign.*--restart/);
  });

  test("that are missing without the manifest's word make a table incomplete", async () => {
    await runCampaign(steady(), silent, never);
    const { replication, ...silentManifest } = readManifest(folder);
    const [cell] = replication?.cells ?? [];
    if (!replication || !cell) throw new TypeError("manifest must tell of replicates");
    writeManifest(folder, silentManifest);
    expect(() => readExperiment(folder, countdown)).toThrow(/incomplete.*7 runs; its design has 9/);
    const cells = [{ ...cell, runs: 8 }];
    writeManifest(folder, { ...silentManifest, replication: { ...replication, cells } });
    expect(() => readExperiment(folder, countdown)).toThrow(
      /has 7 runs of steady steady 500; its manifest says 8/,
    );
  });
});

describe("a campaign that was stopped", () => {
  test("keeps its finished runs, does the rest, and ends as if it had not been", async () => {
    const { progress, signal } = stopBefore(3);
    const stopped = await runCampaign(countdownRequest(out, "smoke"), progress, signal);
    expect(stopped).toEqual({ kind: "stopped", done: 3, total: 6 });
    expect(existsSync(join(folder, "runs.arrow"))).toBe(false);

    const kept: number[] = [];
    const begin = (_: string, done: number) => void kept.push(done);
    await runCampaign(countdownRequest(out, "smoke"), { ...silent, begin }, never);
    expect(kept).toEqual([3]);
    expect(values(readExperiment(folder, countdown), "run")).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("does a run again whose part was damaged meanwhile", async () => {
    const { progress, signal } = stopBefore(3);
    await runCampaign(countdownRequest(out, "smoke"), progress, signal);
    writeFileSync(join(folder, "unfinished", "run-000001.arrow"), "ARROW1");
    await runCampaign(countdownRequest(out, "smoke"), silent, never);
    expect(values(readExperiment(folder, countdown), "run")).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("does a run again where a folder lies in place of its part", async () => {
    const { progress, signal } = stopBefore(2);
    await runCampaign(countdownRequest(out, "smoke"), progress, signal);
    const part = join(folder, "unfinished", "run-000001.arrow");
    rmSync(part);
    mkdirSync(join(part, "something"), { recursive: true });
    await runCampaign(countdownRequest(out, "smoke"), silent, never);
    expect(values(readExperiment(folder, countdown), "run")).toEqual([0, 1, 2, 3, 4, 5]);
  });

  const strangers: [string, (path: string) => void][] = [
    ["a FIFO", (path) => execFileSync("mkfifo", [path])],
    ["a folder", (path) => mkdirSync(path)],
    ["a link to a device", (path) => symlinkSync("/dev/null", path)],
    ["another text", (path) => writeFileSync(path, "no lock ".repeat(1000))],
  ];
  test.skipIf(process.platform === "win32").each(strangers)(
    "says that %s is no lock, and starts again when told to",
    async (_, make) => {
      const { progress, signal } = stopBefore(1);
      await runCampaign(brief(), progress, signal);
      const lock = join(folder, "unfinished", "lock");
      rmSync(lock);
      make(lock);
      await expect(runCampaign(brief(), silent, never)).rejects.toThrow(
        `lock is damaged: ${lock}; delete it to go on, or discard the campaign with --restart`,
      );
      await runCampaign({ ...brief(), restart: true }, silent, never);
      expect(readExperiment(folder, countdown).runs.rows).toBe(2);
    },
  );

  test.each([["countdown"], ["countdown/unfinished"]])(
    "says that a file in place of %s is no folder, and starts again when told to",
    async (name) => {
      const path = join(out, name);
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, "");
      await expect(runCampaign(brief(), silent, never)).rejects.toThrow(
        `no folder: ${path}; discard it with --restart, or choose another folder with --out`,
      );
      await runCampaign({ ...brief(), restart: true }, silent, never);
      expect(readExperiment(folder, countdown).runs.rows).toBe(2);
    },
  );

  test.each([
    ["{", /campaign is damaged: .*campaign\.json \(SyntaxError.*--restart/],
    ["{}", /campaign is damaged: .*campaign\.json \(identity is missing\); .*--restart/],
    ['{"identity":{"experiment":1}}', /identity.experiment must be string; got 1/],
  ])("says what is wrong with its record %s, and starts again when told to", async (text, problem) => {
    const { progress, signal } = stopBefore(1);
    await runCampaign(brief(), progress, signal);
    writeFileSync(join(folder, "unfinished", "campaign.json"), text);
    const again = runCampaign(brief(), silent, never);
    await expect(again).rejects.toThrow(DataError);
    await expect(again).rejects.toThrow(problem);
    await runCampaign({ ...brief(), restart: true }, silent, never);
    expect(readExperiment(folder, countdown).runs.rows).toBe(2);
  });

  test("is not mixed with another campaign: that one is refused, or discards it when told to", async () => {
    const { progress, signal } = stopBefore(1);
    await runCampaign(brief(), progress, signal);
    const other = { ...brief(), seed: 2 };
    await expect(runCampaign(other, silent, never)).rejects.toThrow(UsageError);
    await expect(runCampaign(other, silent, never)).rejects.toThrow(
      /unfinished campaign of another seed, design: .*--restart.*--out/,
    );
    await runCampaign({ ...other, restart: true }, silent, never);
    expect(readExperiment(folder, countdown).manifest.seed).toBe(2);
  });
});

describe("a folder that holds a finished campaign", () => {
  test("is left as it is by the same campaign", async () => {
    await runCampaign(brief(), silent, never);
    const before = readFileSync(join(folder, "manifest.json"), "utf8");
    const end = await runCampaign(brief(), silent, never);
    expect(end.kind).toBe("finished");
    expect(readFileSync(join(folder, "manifest.json"), "utf8")).toBe(before);
    expect(readdirSync(folder)).not.toContain("unfinished");
  });

  test("is not overwritten by another one", async () => {
    await runCampaign(brief(), silent, never);
    const other = { ...brief(), seed: 2 };
    await expect(runCampaign(other, silent, never)).rejects.toThrow(/a finished campaign.*--restart/);
    expect(readExperiment(folder, countdown).manifest.seed).toBe(1);
    expect(readdirSync(folder)).not.toContain("unfinished");
  });
});

describe("a folder", () => {
  test("serves one campaign at a time", async () => {
    const { progress, signal } = stopBefore(0);
    await runCampaign(brief(), progress, signal);
    const holder = new DatabaseSync(join(folder, "unfinished", "lock"));
    holder.exec("BEGIN EXCLUSIVE");
    const second = runCampaign(brief(), silent, never);
    await expect(second).rejects.toThrow(UsageError);
    await expect(second).rejects.toThrow(/in use by another campaign/);
    holder.close();
    expect((await runCampaign(brief(), silent, never)).kind).toBe("finished");
  });

  test("that cannot be written to is refused before anything runs", async () => {
    writeFileSync(join(out, "plain"), "");
    const request = countdownRequest(join(out, "plain"), "smoke");
    await expect(runCampaign(request, silent, never)).rejects.toThrow(UsageError);
    await expect(runCampaign(request, silent, never)).rejects.toThrow(/not writable/);
  });
});

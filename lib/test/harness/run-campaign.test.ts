import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { DataError } from "../../src/measure/study-error.ts";
import { load } from "../../src/tables/load.ts";
import { readManifest, writeManifest } from "../../src/tables/manifest.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { countdown } from "./fixtures/countdown.ts";
import {
  countdownRequest,
  freshFolders,
  runValues,
  silent,
  stopBefore,
} from "./fixtures/countdown-request.ts";

const at = freshFolders();
const never = new AbortController().signal;

describe("a campaign", () => {
  test("writes tables that hold every planned run and every sample, and nothing else", async () => {
    const end = await runCampaign(countdownRequest(at.out, "smoke"), silent, never);
    expect(end.kind).toBe("finished");
    expect(readdirSync(at.folder).sort()).toEqual(["manifest.json", "runs.arrow", "samples.arrow"]);

    const tables = readExperiment(at.folder, countdown);
    expect(runValues(tables, "run")).toEqual([0, 1, 2, 3, 4, 5]);
    expect(runValues(tables, "size").sort()).toEqual([1, 1, 2, 2, 5, 5]);
    const ofLargest = runValues(tables, "size").indexOf(5);
    const { samples } = load(countdown, at.out);
    const rows = (samples.objects() as Record<string, unknown>[]).filter(({ run }) => run === ofLargest);
    const column = (name: string) => rows.map((row) => row[name]);
    expect(column("countNs")).toEqual([-2000, -1000, 0, 1000, 2000]);
    expect(column("lateNs")).toEqual([null, 1, 2, 3, 4]);
    expect(column("colour")).toEqual(["red", "green", "red", "green", "red"]);
  });

  test("tells in its manifest what was measured where, and names no host, user or folder", async () => {
    await runCampaign(countdownRequest(at.out, "smoke"), silent, never);
    const text = readFileSync(join(at.folder, "manifest.json"), "utf8");
    expect(JSON.parse(text)).toMatchObject({
      experiment: "countdown",
      profile: "smoke",
      seed: 1,
      runs: { planned: 6 },
      parameters: { blocks: 2, parts: [{ name: "base", scenarios: 3, replicates: 2 }] },
      software: { node: process.versions.node },
      tables: { runs: { rows: 6 }, samples: { rows: 16 } },
    });
    expect(text).not.toContain(at.out);
    expect(text).not.toMatch(/\/home\/|\/root\/|\/Users\//);
  });

  test("records runs that crash, hang or lack something of the host as invalid, with the reason, and goes on", async () => {
    await runCampaign(countdownRequest(at.out, "quick"), silent, never);
    const tables = readExperiment(at.folder, countdown);
    const reasons = runValues(tables, "behaviour").map((name, row) => [
      name,
      runValues(tables, "invalidReason")[row],
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
    const request = countdownRequest(at.out, "full", { behaviour: ["crashing"] });
    const campaign = runCampaign(request, silent, never);
    await expect(campaign).rejects.toThrow(DataError);
    await expect(campaign).rejects.toThrow(/last 5 .*this run crashes on purpose/s);
    expect(readdirSync(join(at.folder, "unfinished")).sort()).toEqual(["campaign.json", "lock"]);
  });
});

describe("replicates", () => {
  const steady = (fixed = false) => ({
    ...countdownRequest(at.out, "full", { behaviour: ["steady"] }),
    fixed,
  });

  test("end once their scenario is known well enough, and the manifest tells so", async () => {
    const totals: number[] = [];
    const next = ({ total }: { total: number }) => void totals.push(total);
    await runCampaign(steady(), { ...silent, next }, never);
    const { manifest, runs } = readExperiment(at.folder, countdown);
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
    expect(runValues(readExperiment(at.folder, countdown), "run")).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("are all done where their number is fixed, which is another campaign", async () => {
    await runCampaign(steady(true), silent, never);
    const { manifest, runs } = readExperiment(at.folder, countdown);
    expect(runs.rows).toBe(9);
    expect(manifest.replication).toBeUndefined();
    await expect(runCampaign(steady(), silent, never)).rejects.toThrow(/a finished campaign.*--restart/);
  });

  test("that are missing without the manifest's word make a table incomplete", async () => {
    await runCampaign(steady(), silent, never);
    const { replication, ...silentManifest } = readManifest(at.folder);
    const [cell] = replication?.cells ?? [];
    if (!replication || !cell) throw new TypeError("manifest must tell of replicates");
    writeManifest(at.folder, silentManifest);
    expect(() => readExperiment(at.folder, countdown)).toThrow(/incomplete.*7 runs; its design has 9/);
    const cells = [{ ...cell, runs: 8 }];
    writeManifest(at.folder, { ...silentManifest, replication: { ...replication, cells } });
    expect(() => readExperiment(at.folder, countdown)).toThrow(
      /has 7 runs of steady steady 500; its manifest says 8/,
    );
  });
});

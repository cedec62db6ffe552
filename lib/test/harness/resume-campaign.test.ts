import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { DataError, UsageError } from "../../src/measure/study-error.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { countdown } from "./fixtures/countdown.ts";
import {
  countdownRequest,
  freshFolders,
  runValues,
  silent,
  stopBefore,
} from "./fixtures/countdown-request.ts";

const { host } = vi.hoisted(() => ({ host: { label: "" } }));
vi.mock("../../src/measure/host-description.ts", async (original) => {
  const real = await original<typeof import("../../src/measure/host-description.ts")>();
  return {
    ...real,
    describeHost: () => ({ ...real.describeHost(), ...(host.label !== "" && { label: host.label }) }),
  };
});

const at = freshFolders();
const never = new AbortController().signal;

/** As much of a campaign as has something to stop before, and something after. */
function brief() {
  return countdownRequest(at.out, "smoke", { size: [1] });
}

describe("a campaign that was stopped", () => {
  test("keeps its finished runs, does the rest, and ends as if it had not been", async () => {
    const { progress, signal } = stopBefore(3);
    const stopped = await runCampaign(countdownRequest(at.out, "smoke"), progress, signal);
    expect(stopped).toEqual({ kind: "stopped", done: 3, total: 6 });
    expect(existsSync(join(at.folder, "runs.arrow"))).toBe(false);

    const kept: number[] = [];
    const begin = (_: string, done: number) => void kept.push(done);
    await runCampaign(countdownRequest(at.out, "smoke"), { ...silent, begin }, never);
    expect(kept).toEqual([3]);
    expect(runValues(readExperiment(at.folder, countdown), "run")).toEqual([0, 1, 2, 3, 4, 5]);
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
      const lock = join(at.folder, "unfinished", "lock");
      rmSync(lock);
      make(lock);
      await expect(runCampaign(brief(), silent, never)).rejects.toThrow(
        `lock is damaged: ${lock}; delete it to go on, or discard the campaign with --restart`,
      );
      await runCampaign({ ...brief(), restart: true }, silent, never);
      expect(readExperiment(at.folder, countdown).runs.rows).toBe(2);
    },
  );

  test.each([["countdown"], ["countdown/unfinished"]])(
    "says that a file in place of %s is no at.folder, and starts again when told to",
    async (name) => {
      const path = join(at.out, name);
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, "");
      await expect(runCampaign(brief(), silent, never)).rejects.toThrow(
        `no folder: ${path}; discard it with --restart, or choose another folder with --out`,
      );
      await runCampaign({ ...brief(), restart: true }, silent, never);
      expect(readExperiment(at.folder, countdown).runs.rows).toBe(2);
    },
  );

  test.each([
    ["{", /campaign is damaged: .*campaign\.json \(SyntaxError.*--restart/],
    ["{}", /campaign is damaged: .*campaign\.json \(identity is missing\); .*--restart/],
    ['{"identity":{"experiment":1}}', /identity.experiment must be string; got 1/],
  ])("says what is wrong with its record %s, and starts again when told to", async (text, problem) => {
    const { progress, signal } = stopBefore(1);
    await runCampaign(brief(), progress, signal);
    writeFileSync(join(at.folder, "unfinished", "campaign.json"), text);
    const again = runCampaign(brief(), silent, never);
    await expect(again).rejects.toThrow(DataError);
    await expect(again).rejects.toThrow(problem);
    await runCampaign({ ...brief(), restart: true }, silent, never);
    expect(readExperiment(at.folder, countdown).runs.rows).toBe(2);
  });

  test.each([
    [{ beganMs: 1_700_000_000_000 }, "(beganMs not as it was sealed)"],
    [{ beganMs: 1e300 }, /\(beganMs must be <=\d+; got 1e\+300\)/],
    [{ before: { load: [0], pressure: null, stealShare: null } }, "(before not as it was sealed)"],
  ])("says that its record was altered to %j, and starts again when told to", async (altered, problem) => {
    const { progress, signal } = stopBefore(1);
    await runCampaign(brief(), progress, signal);
    const path = join(at.folder, "unfinished", "campaign.json");
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...altered }));
    const again = runCampaign(brief(), silent, never);
    await expect(again).rejects.toThrow(DataError);
    await expect(again).rejects.toThrow(problem);
    await expect(again).rejects.toThrow(/^campaign is damaged: .*campaign\.json \(.*\); .*--restart/);
    await runCampaign({ ...brief(), restart: true }, silent, never);
    expect(readExperiment(at.folder, countdown).runs.rows).toBe(2);
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
    expect(readExperiment(at.folder, countdown).manifest.seed).toBe(2);
  });
});

describe("on another host", () => {
  const onOther = () => runCampaign(brief(), silent, never);
  beforeEach(() => {
    host.label = "one-host";
  });
  afterEach(() => {
    host.label = "";
  });

  test("an unfinished campaign does not go on, and a finished one is not taken for its own", async () => {
    const { progress, signal } = stopBefore(1);
    await runCampaign(brief(), progress, signal);
    host.label = "other-host";
    await expect(onOther()).rejects.toThrow(UsageError);
    await expect(onOther()).rejects.toThrow(
      /an unfinished campaign of another host, one-host; this one is other-host: .*--out.*--restart/,
    );
    host.label = "one-host";
    await onOther();
    host.label = "other-host";
    await expect(onOther()).rejects.toThrow(/a finished campaign of another host, one-host/);
    await runCampaign({ ...brief(), restart: true }, silent, never);
    expect(readExperiment(at.folder, countdown).manifest.host.label).toBe("other-host");
  });

  test("what is simulated goes on", async () => {
    const simulated = { ...brief(), experiment: { ...countdown, simulated: true } as const };
    const { progress, signal } = stopBefore(1);
    await runCampaign(simulated, progress, signal);
    host.label = "other-host";
    expect((await runCampaign(simulated, silent, never)).kind).toBe("finished");
    expect((await runCampaign(simulated, silent, never)).kind).toBe("finished");
  });
});

describe("a folder that holds a finished campaign", () => {
  test("is left as it is by the same campaign", async () => {
    await runCampaign(brief(), silent, never);
    const before = readFileSync(join(at.folder, "manifest.json"), "utf8");
    const end = await runCampaign(brief(), silent, never);
    expect(end.kind).toBe("finished");
    expect(readFileSync(join(at.folder, "manifest.json"), "utf8")).toBe(before);
    expect(readdirSync(at.folder)).not.toContain("unfinished");
  });

  test("is not overwritten by another one", async () => {
    await runCampaign(brief(), silent, never);
    const other = { ...brief(), seed: 2 };
    await expect(runCampaign(other, silent, never)).rejects.toThrow(/a finished campaign.*--restart/);
    expect(readExperiment(at.folder, countdown).manifest.seed).toBe(1);
    expect(readdirSync(at.folder)).not.toContain("unfinished");
  });
});

describe("a folder", () => {
  test("serves one campaign at a time", async () => {
    const { progress, signal } = stopBefore(0);
    await runCampaign(brief(), progress, signal);
    const holder = new DatabaseSync(join(at.folder, "unfinished", "lock"));
    holder.exec("BEGIN EXCLUSIVE");
    const second = runCampaign(brief(), silent, never);
    await expect(second).rejects.toThrow(UsageError);
    await expect(second).rejects.toThrow(/in use by another campaign/);
    holder.close();
    expect((await runCampaign(brief(), silent, never)).kind).toBe("finished");
  });

  test("that cannot be written to is refused before anything runs", async () => {
    writeFileSync(join(at.out, "plain"), "");
    const request = countdownRequest(join(at.out, "plain"), "smoke");
    await expect(runCampaign(request, silent, never)).rejects.toThrow(UsageError);
    await expect(runCampaign(request, silent, never)).rejects.toThrow(/not writable/);
  });
});

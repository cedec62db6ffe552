import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkFolder } from "../../src/harness/check-folder.ts";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { DataError, UsageError } from "../../src/measure/study-error.ts";
import { countdownRequest, freshFolders, silent, stopBefore } from "./fixtures/countdown-request.ts";

const at = freshFolders();
const never = new AbortController().signal;
const brief = () => countdownRequest(at.out, "smoke", { size: [1] });
const filesOf = (folder: string) => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

describe("a campaign that can begin or go on is left as it is", () => {
  test("where nothing lies there yet", () => {
    checkFolder(brief());
    expect(existsSync(at.folder)).toBe(false);
    mkdirSync(at.folder);
    checkFolder(brief());
    expect(filesOf(at.folder)).toEqual([]);
  });

  test("where it was stopped, and goes on", async () => {
    const { progress, signal } = stopBefore(1);
    await runCampaign(brief(), progress, signal);
    const start = join(at.folder, "unfinished", "campaign.json");
    const [before, files] = [readFileSync(start, "utf8"), filesOf(at.folder)];
    checkFolder(brief());
    expect(readFileSync(start, "utf8")).toBe(before);
    expect(filesOf(at.folder)).toEqual(files);
    expect(await runCampaign(brief(), silent, never)).toMatchObject({ kind: "finished" });
  });

  test.each([false, true])("where it is finished (fixed: %s)", async (fixed) => {
    await runCampaign({ ...brief(), fixed }, silent, never);
    const files = filesOf(at.folder);
    checkFolder({ ...brief(), fixed });
    expect(filesOf(at.folder)).toEqual(files);
    expect(() => checkFolder({ ...brief(), fixed: !fixed })).toThrow(UsageError);
    expect(filesOf(at.folder)).toEqual(files);
  });
});

describe("a campaign that cannot is told as when it begins, unless it discards what is there", () => {
  const restarts = () => checkFolder({ ...brief(), restart: true });

  test("another one that was stopped", async () => {
    const { progress, signal } = stopBefore(1);
    await runCampaign(brief(), progress, signal);
    expect(() => checkFolder({ ...brief(), seed: 2 })).toThrow(
      `folder holds an unfinished campaign of another seed, design: ${at.folder}`,
    );
    expect(restarts).not.toThrow();
  });

  test("a file, or a link that leads nowhere", () => {
    writeFileSync(at.folder, "mine");
    expect(() => checkFolder(brief())).toThrow(new DataError(`no folder: ${at.folder}; ${remedy}`));
    expect(restarts).not.toThrow();
    expect(readFileSync(at.folder, "utf8")).toBe("mine");
    const out = join(at.out, "links");
    mkdirSync(out);
    symlinkSync("nowhere", join(out, "countdown"));
    expect(() => checkFolder({ ...brief(), out })).toThrow("no folder: ");
  });

  test("a file in place of the data set", () => {
    const out = join(at.out, "file");
    writeFileSync(out, "mine");
    expect(() => checkFolder({ ...brief(), out })).toThrow(UsageError);
  });
});

const remedy = "discard it with --restart, or choose another folder with --out";

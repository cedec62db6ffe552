import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { lockCampaign } from "../../src/harness/campaign-lock.ts";
import { discardCampaign } from "../../src/harness/discard-campaign.ts";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { countdownRequest, freshFolders, silent, stopBefore } from "./fixtures/countdown-request.ts";

const made = freshFolders();
const never = new AbortController().signal;

test.each(["finished", "stopped"])(
  "a campaign that was %s is discarded whole, and the next one measures anew",
  async (kind) => {
    const request = countdownRequest(made.out, "smoke");
    const { progress, signal } = kind === "finished" ? { progress: silent, signal: never } : stopBefore(3);
    expect((await runCampaign(request, progress, signal)).kind).toBe(kind);
    discardCampaign(request);
    expect(existsSync(made.folder) ? readdirSync(made.folder) : []).toEqual([]);
    const begun: number[] = [];
    await runCampaign(request, { ...silent, begin: (_, done) => begun.push(done) }, never);
    expect(begun).toEqual([0]);
  },
);

test("one that is under way is not", async () => {
  const request = countdownRequest(made.out, "smoke");
  const { progress, signal } = stopBefore(3);
  await runCampaign(request, progress, signal);
  const unlock = lockCampaign(`${made.folder}/unfinished/lock`, false);
  expect(() => discardCampaign(request)).toThrow("in use");
  unlock();
  expect(readdirSync(`${made.folder}/unfinished`)).toContain("campaign.json");
});

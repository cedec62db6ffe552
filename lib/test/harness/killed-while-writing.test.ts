import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { renames } from "../killed-after-renames.ts";
import { countdown } from "./fixtures/countdown.ts";
import { countdownRequest, silent } from "./fixtures/countdown-request.ts";

vi.mock("node:fs", async (original) =>
  (await import("../killed-after-renames.ts")).dyingFileSystem(original<typeof import("node:fs")>),
);

const written = ["runs.arrow", "samples.arrow", "manifest.json"];

test("killed at any moment of writing, a data set is whole, or the same command finishes it", async () => {
  const states = new Set<string>();
  let isKilled = true;
  for (let moment = 0; isKilled; moment++) {
    const out = mkdtempSync(join(tmpdir(), "killed-"));
    onTestFinished(() => rmSync(out, { recursive: true }));
    const folder = join(out, "countdown");
    const campaign = () =>
      runCampaign(
        countdownRequest(out, "quick", { behaviour: ["flagged"] }),
        silent,
        new AbortController().signal,
      );
    renames.left = moment;
    isKilled = await campaign().then(
      () => false,
      () => true,
    );
    renames.left = Number.POSITIVE_INFINITY;
    const there = written.filter((name) => existsSync(join(folder, name)));
    states.add(there.join(" "));
    if (there.includes("manifest.json")) expect(readExperiment(folder, countdown).runs.rows).toBe(1);
    await campaign();
    expect(readExperiment(folder, countdown).runs.rows, `after ${moment} renames`).toBe(1);
    expect(readdirSync(folder).sort()).toEqual([...written].sort());
  }
  // One was killed before its first table, one between its tables, and one before it said what they are.
  expect([...states]).toEqual(["", "runs.arrow", "runs.arrow samples.arrow", written.join(" ")]);
});

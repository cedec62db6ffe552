import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCampaign } from "../../src/harness/run-campaign.ts";
import { DataError } from "../../src/measure/study-error.ts";
import { readExperiment } from "../../src/tables/read-experiment.ts";
import { readTable } from "../../src/tables/read-table.ts";
import { samplesSchema } from "../../src/tables/samples-schema.ts";
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

const request = () => countdownRequest(at.out, "smoke");
const partOf = (run: number) => join(at.folder, "unfinished", `run-00000${run}.arrow`);
const samplesIn = (path: string) => JSON.stringify(readTable(path, samplesSchema(countdown)).columns);

/** Changes one bit so that a part can be read as before, and says something else. */
function changeSample(path: string): void {
  const intact = readFileSync(path);
  const said = samplesIn(path);
  for (let place = intact.length - 1; place >= 0; place--) {
    const changed = Buffer.from(intact);
    changed[place] = (changed[place] ?? 0) ^ 1;
    writeFileSync(path, changed);
    try {
      if (samplesIn(path) !== said) return;
    } catch {}
  }
  throw new TypeError("no bit of the part changes its samples");
}

function replaceByFolder(path: string): void {
  rmSync(path);
  mkdirSync(join(path, "something"), { recursive: true });
}

/** The samples of a finished countdown are known: its runs leave as many as their size, counted from -2000 ns on. */
function expectEverySample(): void {
  const { runs } = readExperiment(at.folder, countdown);
  expect([...(runs.columns["run"] ?? [])]).toEqual([0, 1, 2, 3, 4, 5]);
  const samples = [...(runs.columns["size"] ?? [])].flatMap((size, run) =>
    Array.from({ length: Number(size) }, (_, place) => ({ run, place })),
  );
  const { columns } = readTable(join(at.folder, "samples.arrow"), samplesSchema(countdown));
  expect(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, [...values]]))).toEqual({
    run: samples.map(({ run }) => run),
    place: samples.map(({ place }) => place),
    countNs: samples.map(({ place }) => 1000 * place - 2000),
    lateNs: samples.map(({ place }) => (place === 0 ? null : place)),
    colour: samples.map(({ place }) => (place % 2 === 0 ? "red" : "green")),
  });
}

const damages: [string, (part: string) => void][] = [
  ["part was cut", (part) => writeFileSync(part, "ARROW1")],
  ["part is missing", (part) => rmSync(part)],
  ["part says something else by one bit", changeSample],
  ["part became a folder", replaceByFolder],
  ["campaign was killed before it kept the part", (part) => rmSync(`${part}.sha256`)],
  ["hash was cut", (part) => writeFileSync(`${part}.sha256`, "")],
  ["hash became a folder", (part) => replaceByFolder(`${part}.sha256`)],
];

test.each(damages)("a run is done again where its %s, and no other is", async (_, damage) => {
  const { progress, signal } = stopBefore(3);
  await runCampaign(request(), progress, signal);
  damage(partOf(1));
  const kept: number[] = [];
  const begin = (_: string, done: number) => void kept.push(done);
  await runCampaign(request(), { ...silent, begin }, never);
  expect(kept).toEqual([2]);
  expectEverySample();
});

test("the part of a run that crashed is kept as any other is", async () => {
  const crashing = countdownRequest(at.out, "quick", { behaviour: ["crashing", "exiting"] });
  const { progress, signal } = stopBefore(1);
  await runCampaign(crashing, progress, signal);
  const kept: number[] = [];
  const begin = (_: string, done: number) => void kept.push(done);
  await runCampaign(crashing, { ...silent, begin }, never);
  expect(kept).toEqual([1]);
  const reasons = runValues(readExperiment(at.folder, countdown), "invalidReason");
  expect(reasons.sort()).toEqual(["crash: exit code 1", "crash: exit code 7"]);
});

test("a part that is damaged while its campaign is under way gets into no table, and the same command mends it", async () => {
  let runs = 0;
  const next = () => {
    if (++runs === 6) changeSample(partOf(0));
  };
  const campaign = runCampaign(request(), { ...silent, next }, never);
  await expect(campaign).rejects.toThrow(DataError);
  await expect(campaign).rejects.toThrow(
    /^part of a run was altered: .*run-000000\.arrow has SHA-256 .*; run the same command again/,
  );
  await runCampaign(request(), silent, never);
  expectEverySample();
});

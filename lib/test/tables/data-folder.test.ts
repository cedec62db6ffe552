import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { UsageError } from "../../src/measure/study-error.ts";
import {
  anyReferenceFolder,
  dataFolder,
  experimentFolder,
  foldersBeside,
  hostFolders,
  measuredLast,
  referenceFolder,
} from "../../src/tables/data-folder.ts";

const references = join(projectRoot, "data", "reference");
const main = join(references, "amd-epyc-2-cores");
const other = join(references, "intel-xeon-2-cores");

test("the host that is named the main one stands for the study", () => {
  expect(dataFolder({})).toBe(main);
});

test("the reference is that of the main host, whatever data notebooks are to read", () => {
  vi.stubEnv("SCHEDULING_SAFETY_DATA", "data");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(dataFolder()).toBe(join(projectRoot, "data"));
  expect(referenceFolder()).toBe(main);
});

test("a chosen folder stands for itself, and one that is missing is an error that names it", () => {
  expect(dataFolder({ SCHEDULING_SAFETY_DATA: "data" })).toBe(join(projectRoot, "data"));
  expect(() => dataFolder({ SCHEDULING_SAFETY_DATA: "nowhere" })).toThrow(
    new UsageError(
      `data folder is missing: ${join(projectRoot, "nowhere")}; correct SCHEDULING_SAFETY_DATA or run \`make data\``,
    ),
  );
  expect(() => hostFolders("nowhere")).toThrow(UsageError);
});

test("a simulated experiment lies with whichever reference host has it; a measured one lies with its host alone", () => {
  const simulated = { name: "simulated-pools", simulated: true } as const;
  expect(experimentFolder(simulated, main)).toBe(join(main, "simulated-pools"));
  expect(experimentFolder(simulated, other)).toBe(join(main, "simulated-pools"));
  expect(experimentFolder({ name: "simulated-pools" }, other)).toBe(join(other, "simulated-pools"));
  expect(experimentFolder(simulated, join(projectRoot, "data", "local"))).toBe(
    join(projectRoot, "data", "local", "simulated-pools"),
  );
  expect(anyReferenceFolder("nothing-of-the-kind", main)).toBe(join(main, "nothing-of-the-kind"));
});

test("of hosts in a folder the main one comes first, which rules that count hosts take for one that leads", () => {
  expect(hostFolders(references)).toEqual([main, other]);
});

test("beside the reference stands what was chosen, or else the other reference host", () => {
  expect(foldersBeside({ SCHEDULING_SAFETY_DATA: "data" })).toEqual([main, join(projectRoot, "data")]);
  expect(foldersBeside({})).toEqual([main, other]);
});

test("of data sets in a folder the one finished last counts, whatever lies beside them", () => {
  const local = mkdtempSync(join(tmpdir(), "local-"));
  onTestFinished(() => rmSync(local, { recursive: true }));
  expect(measuredLast(local)).toBeNull();
  for (const [i, dataSet] of ["first-look", "quick", "full", "smoke"].entries()) {
    const experiment = join(local, dataSet, "controls");
    mkdirSync(experiment, { recursive: true });
    if (dataSet === "smoke") continue; // under way
    writeFileSync(join(experiment, "manifest.json"), "{}");
    utimesSync(join(experiment, "manifest.json"), 1000 - i, 1000 - i);
  }
  expect(measuredLast(local)).toBe(join(local, "quick"));
});

test.skipIf(process.platform === "win32")("a FIFO in place of the main host's name is told at once", () => {
  const hosts = mkdtempSync(join(tmpdir(), "hosts-"));
  onTestFinished(() => rmSync(hosts, { recursive: true }));
  mkdirSync(join(hosts, "a"));
  const named = join(hosts, "main-host");
  execFileSync("mkfifo", [named]);
  expect(() => hostFolders(hosts)).toThrow(
    `name of the main host is not a file: ${named} is a FIFO; write the name of a folder in ${hosts} into it`,
  );
});

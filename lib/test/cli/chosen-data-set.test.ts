import { cpSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { dataSetFolder } from "../../src/cli/chosen-data-set.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { coins, smallDataSet } from "../audit/small-data-set.ts";

const module = new URL("../audit/small-data-set.ts", import.meta.url);
const study = defineStudy({ name: coins.name, module, experiment: () => coins, claims: [], figures: {} });
const known = { studies: [study] };

let data = "";
let complained = "";
beforeEach(() => {
  data = smallDataSet();
  complained = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  return () => vi.restoreAllMocks();
});

test("a data set is a folder with a finished experiment under its own name", () => {
  expect(dataSetFolder("folder", data, known)).toBe(data);
  expect(complained).toBe("");
});

test("an experiment under another name would be judged by nobody: it is told, with the name it needs", () => {
  renameSync(join(data, coins.name), join(data, "copy"));
  expect(() => dataSetFolder("folder", data, known)).toThrow(
    `folder holds ${coins.name} under another name: ${join(data, "copy")}; rename it to ${coins.name}`,
  );
});

test("of experiments that this version does not know nothing can be judged: it is told, with those it knows", () => {
  expect(() => dataSetFolder("folder", data, { studies: [{ ...study, name: "dice" }] })).toThrow(
    `folder holds no experiment of this version: ${data} has coins; this version has dice`,
  );
});

test("an unfinished campaign is told, and what is read in its place", () => {
  const begin = (name: string) => {
    mkdirSync(join(data, name, "unfinished"), { recursive: true });
    writeFileSync(join(data, name, "unfinished", "campaign.json"), "{}");
  };
  begin("dice");
  dataSetFolder("folder", data, known);
  const way = "; finish it by running its command again\n";
  const dice = `warning: campaign is unfinished: ${join(data, "dice")}, nothing of it is read${way}`;
  expect(complained).toBe(dice);
  complained = "";
  begin(coins.name);
  dataSetFolder("folder", data, known);
  const own = join(data, coins.name);
  expect(complained).toBe(`warning: campaign is unfinished: ${own}, an earlier one is read${way}${dice}`);
});

test("what was copied beside the experiments does not keep them from being read", () => {
  cpSync(join(data, coins.name), join(data, "copy"), { recursive: true });
  expect(dataSetFolder("folder", data, known)).toBe(data);
});

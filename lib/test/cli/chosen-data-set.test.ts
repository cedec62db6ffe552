import { renameSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { dataSetFolder } from "../../src/cli/chosen-folder.ts";
import { coins, smallDataSet } from "../audit/small-data-set.ts";

let data = "";
beforeEach(() => {
  data = smallDataSet();
});

test("a data set is a folder with a finished experiment under its own name", () => {
  expect(dataSetFolder("folder", data)).toBe(data);
});

test("an experiment under another name would be judged by nobody: it is told, with the name it needs", () => {
  renameSync(join(data, coins.name), join(data, "copy"));
  expect(() => dataSetFolder("folder", data)).toThrow(
    `folder holds ${coins.name} under another name: ${join(data, "copy")}; rename it to ${coins.name}`,
  );
});

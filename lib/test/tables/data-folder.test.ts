import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { dataFolder } from "../../src/tables/data-folder.ts";

test("the main reference host stands for the study", () => {
  expect(dataFolder({})).toBe(join(projectRoot, "data", "reference", "intel-xeon-2-cores"));
});

test("a chosen folder stands for itself, and one that is missing is an error that names it", () => {
  expect(dataFolder({ SCHEDULING_SAFETY_DATA: "data" })).toBe(join(projectRoot, "data"));
  expect(() => dataFolder({ SCHEDULING_SAFETY_DATA: "nowhere" })).toThrow(
    `data folder is missing: ${join(projectRoot, "nowhere")}`,
  );
});

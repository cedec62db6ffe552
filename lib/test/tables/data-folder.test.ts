import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { dataFolder, experimentFolder } from "../../src/tables/data-folder.ts";

const references = join(projectRoot, "data", "reference");
const [intel, amd] = [join(references, "intel-xeon-2-cores"), join(references, "amd-epyc-2-cores")];

test("the main reference host stands for the study, and lacks nothing that another one has measured", () => {
  expect(dataFolder({})).toBe(intel);
  expect(experimentFolder("blame", intel)).toBe(join(intel, "blame"));
  expect(experimentFolder("watch", intel)).toBe(join(amd, "watch"));
});

test("any other data set holds what it holds, and borrows from nobody", () => {
  expect(experimentFolder("blame", amd)).toBe(join(amd, "blame"));
  expect(experimentFolder("watch", projectRoot)).toBe(join(projectRoot, "watch"));
});

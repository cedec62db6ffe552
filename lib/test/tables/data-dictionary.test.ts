import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { studies } from "../../src/studies/catalogue.ts";
import { declareExperiments } from "../../src/studies/study.ts";
import { renderDataDictionary } from "../../src/tables/data-dictionary.ts";

test("the committed data dictionary says what the schemas say (else run `scheduling-safety generate`)", () => {
  const committed = readFileSync(join(projectRoot, "data", "README.md"), "utf8");
  expect(committed).toBe(renderDataDictionary(declareExperiments(studies)));
});

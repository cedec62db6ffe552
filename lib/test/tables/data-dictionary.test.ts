import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { experiments } from "../../src/experiments/registry.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { renderDataDictionary } from "../../src/tables/data-dictionary.ts";

test("the committed data dictionary says what the schemas say (else run `scheduling-safety dictionary`)", () => {
  const committed = readFileSync(join(projectRoot, "data", "README.md"), "utf8");
  expect(committed).toBe(renderDataDictionary(experiments));
});

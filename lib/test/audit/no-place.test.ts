import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

test("nothing that is published names the folder in which it was made", () => {
  const published = ["notebooks/*.ipynb", "figures/*.json", "figures/*.svg", "data/**/*.json", "*.md"];
  const named = globSync(published, { cwd: projectRoot }).filter((file) =>
    readFileSync(join(projectRoot, file), "utf8").includes(projectRoot),
  );
  expect(named).toEqual([]);
});

import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const studies = join(projectRoot, "lib", "src", "studies");
/** What studies know of each other: what one reads, and what it measures. */
const doors = ["index.ts", "experiment.ts"];

test("studies know each other through one door", () => {
  const modules = globSync("*/**/*.{ts,mts}", { cwd: studies });
  expect(modules.length).toBeGreaterThan(0);
  const imported = modules.flatMap((file) => {
    const text = readFileSync(join(studies, file), "utf8");
    const found = text.matchAll(/\b(?:from|import|import\()\s*["'](\.{1,2}\/[^"']+)["']/g);
    return [...found].map(([, path = ""]) => ({
      file,
      target: relative(studies, join(studies, dirname(file), path)),
    }));
  });
  const [own, other] = ["own", "other"].map((whose) =>
    imported.filter(({ file, target }) => {
      const [study, ...within] = target.split("/");
      if (study === ".." || within.length === 0) return false;
      return (study === file.split("/")[0]) === (whose === "own");
    }),
  );
  expect(own?.length).toBeGreaterThan(0);
  expect(other?.length).toBeGreaterThan(0);
  const through = other?.filter(({ target }) => !doors.includes(target.split("/").slice(1).join("/")));
  expect(through).toEqual([]);
});

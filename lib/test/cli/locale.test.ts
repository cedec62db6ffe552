import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

/** What sorts and spells as the host's language does, unless it names one. */
const leftToTheHost = [
  /\.localeCompare\([^(),]*(?:\([^()]*\)[^(),]*)*\)/,
  /\.toLocale\w+\(\)/,
  /\bIntl\.\w+\(\)/,
];

test("no order and no spelling is left to the language of the host", () => {
  const files = globSync("lib/{src,watch/src,templates}/**/*.ts", { cwd: projectRoot });
  expect(files.length).toBeGreaterThan(0);
  const left = files.flatMap((file) =>
    readFileSync(join(projectRoot, file), "utf8")
      .split("\n")
      .flatMap((line, i) =>
        leftToTheHost.some((pattern) => pattern.test(line)) ? [`${file}:${i + 1}`] : [],
      ),
  );
  expect(left).toEqual([]);
});

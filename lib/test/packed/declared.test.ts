import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const library = join(projectRoot, "lib");
const entries = ["cli/main", "cli/project-commands", "harness/run-process", "measured-half", "read-half"];

/** Packages that modules load at once, by static imports, with a module that does. */
function loadedPackages(modules: readonly string[]): Map<string, string> {
  const packages = new Map<string, string>();
  const seen = new Set(modules);
  for (const path of seen) {
    const text = readFileSync(path, "utf8");
    for (const [, specifier = ""] of text.matchAll(/^(?:import|export)(?! type)[^;]*? from "([^"]+)"/gms)) {
      if (specifier.startsWith(".")) seen.add(join(dirname(path), specifier));
      else if (!specifier.startsWith("node:")) packages.set(specifier, path.slice(library.length + 1));
    }
  }
  return packages;
}

test("whatever the command line, a run and both halves of a study load is a dependency of the package", () => {
  const { dependencies } = JSON.parse(readFileSync(join(library, "package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const loaded = loadedPackages(entries.map((name) => join(library, "src", `${name}.ts`)));
  expect(loaded.has("piscina")).toBe(true);
  expect([...loaded].filter(([name]) => dependencies[name] === undefined)).toEqual([]);
});

test("what a run loads neither draws, nor makes tables for readers, nor starts a browser", () => {
  const run = ["harness/run-process", "measured-half"].map((name) => join(library, "src", `${name}.ts`));
  const heavy = ["arquero", "plotly.js", "puppeteer-core", "mystmd", "commander"];
  expect(heavy.filter((name) => loadedPackages(run).has(name))).toEqual([]);
});

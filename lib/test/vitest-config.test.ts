import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeHeldFolder } from "../src/measure/held-folder.ts";
import { projectRoot } from "../src/measure/project-root.ts";
import { scratchFolder } from "../src/publish/scratch-folder.ts";

/** Loads vitest.config.ts as of a clone in which it names a file otherwise. */
async function load(name: string, otherwise: string): Promise<unknown> {
  const folder = makeHeldFolder("config", scratchFolder).path;
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "lib"));
  for (const part of ["lib/test", "lib/watch", "lib/templates"])
    symlinkSync(join(projectRoot, part), join(folder, part));
  const config = join(folder, "vitest.config.ts");
  writeFileSync(config, readFileSync(join(projectRoot, "vitest.config.ts"), "utf8").replace(name, otherwise));
  return import(config);
}

test("a test file that is listed but missing is named, wherever in the braces it stands", async () => {
  await expect(load("hand-on", "hand-on")).resolves.toBeDefined();
  await expect(load("hand-on", "hand-off")).rejects.toThrow(
    "test file is missing: lib/test/publish/hand-off.test.ts; correct its place in vitest.config.ts",
  );
  await expect(load("play-sweep", "play")).rejects.toThrow(
    "test file is missing: lib/test/publish/explorable/cliff/play.test.ts",
  );
});

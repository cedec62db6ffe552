import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeHeldFolder } from "../../../src/measure/held-folder.ts";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { readExhibits } from "../../../src/publish/article/read-exhibits.ts";
import { resolveDocument } from "../../../src/publish/article/resolve-document.ts";
import { scratchFolder } from "../../../src/publish/scratch-folder.ts";

let article = "";
beforeEach(() => {
  article = makeHeldFolder("resolve", scratchFolder).path;
  cpSync(join(import.meta.dirname, "fixtures"), article, { recursive: true });
  cpSync(join(projectRoot, "article", "template"), join(article, "template"), { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(article, { recursive: true });
});

test("what the user's settings make Node or MyST print does not pass for a complaint about the text", async () => {
  writeFileSync(join(article, "noise.cjs"), 'process.stderr.write("a line of somebody else\\n");\n');
  vi.stubEnv("NODE_OPTIONS", `--require ${join(article, "noise.cjs")}`);
  vi.stubEnv("FORCE_COLOR", "1");
  vi.stubEnv("DEBUG", "*");
  const exhibits = readExhibits(join(article, "reference", "notebooks")).values();
  const { frontmatter } = await resolveDocument(article, exhibits, join(article, "scratch"));
  expect(frontmatter.title).toBe("Scheduling safety on Node.js worker pools");
});

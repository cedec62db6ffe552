import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

function resolve() {
  const exhibits = readExhibits(join(article, "reference", "notebooks")).values();
  return resolveDocument(article, exhibits, join(article, "scratch"));
}
function write(name: string, text: string): void {
  mkdirSync(dirname(join(article, name)), { recursive: true });
  writeFileSync(join(article, name), text);
}
const adding = (text: string) =>
  write("article.md", readFileSync(join(article, "article.md"), "utf8") + text);

test("what the user's settings make Node or MyST print does not pass for a complaint about the text", async () => {
  writeFileSync(join(article, "noise.cjs"), 'process.stderr.write("a line of somebody else\\n");\n');
  vi.stubEnv("NODE_OPTIONS", `--require ${join(article, "noise.cjs")}`);
  vi.stubEnv("FORCE_COLOR", "1");
  vi.stubEnv("DEBUG", "*");
  const { frontmatter } = await resolve();
  expect(frontmatter.title).toBe("Scheduling safety on Node.js worker pools");
});

test("two resolve at once in one folder, and leave nothing there", async () => {
  const [first, second] = await Promise.all([resolve(), resolve()]);
  expect(second.references).toEqual(first.references);
  expect(readdirSync(join(article, "scratch"))).toEqual([]);
});

test.each([
  ["by its path", "../../../../../../../../../../etc/passwd"],
  ["by a link", "listings/secret.ts"],
])("a file outside the article's folder is not published %s", async (_, file) => {
  write("listings/a.ts", "");
  symlinkSync("/etc/passwd", join(article, "listings", "secret.ts"));
  adding(`\n:::{literalinclude} ${file}\n:::\n`);
  await expect(resolve()).rejects.toThrow(
    `article.md: text must include files of the article's own folder; got ${file}; put a copy into listings/`,
  );
});

test("a part includes a listing from where the part lies", async () => {
  write("listings/a.ts", "const listed = 1;");
  write("sections/more.md", "# More\n\n```{literalinclude} ../listings/a.ts\n```\n");
  adding("\n:::{include} sections/more.md\n:::\n");
  expect(JSON.stringify((await resolve()).mdast)).toContain('"value":"const listed = 1;"');
});

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeHeldFolder } from "../../../src/measure/held-folder.ts";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { type ArticleOptions, buildArticle } from "../../../src/publish/article/build-article.ts";
import type { EditionSource } from "../../../src/publish/article/edition.ts";
import { scratchFolder } from "../../../src/publish/scratch-folder.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const folders: string[] = [];
const kept: string[] = [];
/** To be called by each file of tests that builds; a process may serve several files. */
export function removeBuilt(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

export interface FixtureChanges {
  readonly prose?: (text: string) => string;
  readonly values?: (text: string) => string;
  /** Print this host's edition beside the reference. */
  readonly beside?: boolean;
  /** Changes one file of the fixture, named by its path in `fixtures/`. */
  readonly files?: { readonly [path: string]: (text: string) => string };
  /** A notebook that ended on this host before it showed or handed on anything. */
  readonly ended?: { readonly notebook: string; readonly values: string };
}

/** A section that is a page of its own, and a reference to it. */
export const secondPage = "\nMore in [](#sec-second).\n\n:::{include} sections/second.md\n:::\n";

const built = new Map<string, Promise<string>>();
process.once("exit", () => {
  for (const folder of kept) rmSync(folder, { recursive: true, force: true });
});

/**
 * Gives the folder of the fixture's page, built once for all tests that only look at it.
 *
 * @param more text at the end of its article
 */
export function builtFixture(more = ""): Promise<string> {
  const known = built.get(more) ?? buildToKeep(more);
  built.set(more, known);
  return known;
}

async function buildToKeep(more: string): Promise<string> {
  const options = layOut({ prose: (text) => text + more }, kept);
  await buildArticle(options);
  return options.output;
}

/** Builds the fixture's article in a new folder below `.cache/tmp`; returns the folder of the page and its checksums. */
export async function buildFixture(changes: FixtureChanges = {}): Promise<{ output: string; sums: string }> {
  const options = layOut(changes, folders);
  return { output: options.output, sums: await buildArticle(options) };
}

/** Builds the fixture's article twice at once, in one folder, as two commands would. */
export async function buildFixtureTwice(): Promise<{ output: string; sums: [string, string] }> {
  const options = layOut({}, folders);
  const sums = await Promise.all([buildArticle(options), buildArticle(options)]);
  return { output: options.output, sums };
}

function layOut(
  { prose = same, values = same, beside = false, files = {}, ended }: FixtureChanges,
  folders: string[],
): ArticleOptions {
  const folder = makeHeldFolder("article", scratchFolder).path;
  folders.push(folder);
  const article = join(folder, "article");
  cpSync(fixtures, article, { recursive: true });
  cpSync(join(projectRoot, "article", "template"), join(article, "template"), { recursive: true });
  rewrite(join(article, "article.md"), prose);
  rewrite(join(article, "reference", "values.json"), values);
  for (const [path, change] of Object.entries(files)) rewrite(join(article, path), change);
  if (ended) {
    rmSync(join(article, "this-host", "notebooks", ended.notebook));
    rewrite(join(article, "this-host", "values.json"), (text) =>
      JSON.stringify({ ...JSON.parse(text), [ended.values]: {} }),
    );
  }
  const reference = edition(article, "reference", "the host of the fixture, 2 cores");
  return {
    article,
    editions: beside ? [reference, edition(article, "this-host", "another host, 8 cores")] : [reference],
    output: join(folder, "article", "build"),
    scratch: join(folder, "scratch"),
    data: [],
  };
}

function edition(article: string, name: string, description: string): EditionSource {
  return {
    name: name.replace("-", " "),
    description,
    notebooks: join(article, name, "notebooks"),
    figures: join(article, name, "figures"),
    values: join(article, name, "values.json"),
  };
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

function same(text: string): string {
  return text;
}

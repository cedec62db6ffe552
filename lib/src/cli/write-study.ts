import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../measure/make-folder.ts";
import { DataError, UsageError } from "../measure/study-error.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import { readTemplate, type TemplateFile } from "./study-template.ts";

/** Contents of files to write, by path. */
type Files = ReadonlyMap<string, string>;

/**
 * Writes a new study into this repository: its folder, test, notebook and section, and its places in the order of the
 * studies and in the article.
 *
 * @returns the files that were written or changed, relative to the repository
 * @throws {UsageError} when something of that name is there already; nothing is written then.
 * @throws {DataError} when the order or the article has no place for it.
 */
export function writeStudyHere(root: string, name: string): string[] {
  const number = String(1 + Math.max(0, ...numbersOfNotebooks(root))).padStart(2, "0");
  const files = new Map(
    readTemplate(name).map(({ name: file, text }): [string, string] => {
      switch (file) {
        case "notebook.ipynb":
          return [`notebooks/${number}-${name}.ipynb`, text];
        case "section.md":
          return [`article/sections/${name}.md`, text];
        case "study.test.ts":
          return [`lib/test/studies/${name}/${name}.test.ts`, testHere(text, name)];
        default:
          return [`lib/src/studies/${name}/${file}`, moduleHere(text)];
      }
    }),
  );
  checkNewNotebook(root, name);
  checkAbsent(root, files);
  const order = "lib/src/studies/order.ts";
  const article = "article/article.md";
  const changed = new Map([
    [order, insertBefore(root, order, "] as const;", `  "${name}",\n`)],
    [
      article,
      insertBefore(
        root,
        article,
        ":::{include} sections/claims.md",
        `:::{include} sections/${name}.md\n:::\n\n`,
      ),
    ],
  ]);
  return [...write(root, files), ...write(root, changed)];
}

/**
 * Writes a new study into another project, which has installed this package: its folder, whose modules import the package,
 * and its notebook.
 *
 * @returns the files that were written, relative to the project
 * @throws {UsageError} when the folder is missing, or something of that name is there already; nothing is written then.
 */
export function writeStudyElsewhere(root: string, name: string): string[] {
  if (!existsSync(root))
    throw new UsageError(`folder is missing: ${root}; make it, or pass another with --in`);
  const modules = readTemplate(name).filter(
    ({ name: file }) => file.endsWith(".ts") && file !== "study.test.ts",
  );
  const [notebook] = readTemplate(name, "project") as [TemplateFile];
  const files = new Map([
    ...modules.map((file): [string, string] => [`studies/${name}/${file.name}`, moduleElsewhere(file)]),
    [`notebooks/${name}.ipynb`, notebook.text],
  ]);
  checkAbsent(root, files);
  const moduleKind = "studies/package.json";
  const written = write(root, files);
  if (existsSync(join(root, moduleKind))) return written;
  return [...written, ...write(root, new Map([[moduleKind, '{ "private": true, "type": "module" }\n']]))];
}

function moduleHere(text: string): string {
  return text.replaceAll('"../../src/studies/', '"../').replaceAll('"../../src/', '"../../');
}

function testHere(text: string, name: string): string {
  return text.replaceAll('"../../test/', '"../../').replaceAll('"./', `"../../../src/studies/${name}/`);
}

/** The halves of a study: what its measured modules import, and what the others do. */
const measuredFiles: readonly string[] = ["experiment.ts", "response.ts", "run.ts", "worker.ts"];

/** Gathers what a module imports from the library into one import from the package's entry for its half of a study. */
function moduleElsewhere({ name, text }: TemplateFile): string {
  const entry = measuredFiles.includes(name) ? "scheduling-safety/measure" : "scheduling-safety/study";
  const names: string[] = [];
  const rest = text.replace(
    /^import (type )?\{ ?([^}]*?),? ?\} from "\.\.\/\.\.\/src\/[^"]*";\n/gms,
    (_, type: string | undefined, list: string) => {
      names.push(...list.split(",").map((each) => `${type ?? ""}${each.trim()}`));
      return "";
    },
  );
  if (names.length === 0) return text;
  const bare = (specifier: string) => specifier.replace(/^type /, "");
  const sorted = names.sort((a, b) => bare(a).localeCompare(bare(b), "en"));
  const line = importLine(sorted, entry);
  const own = rest.search(/^import [^;]* from "\.\//m);
  const at = own === -1 ? 0 : own;
  return `${rest.slice(0, at)}${line}${rest.slice(at)}`;
}

const widest = 110;

function importLine(names: readonly string[], entry: string): string {
  const line = `import { ${names.join(", ")} } from "${entry}";\n`;
  return line.length <= widest + 1 ? line : `import {\n  ${names.join(",\n  ")},\n} from "${entry}";\n`;
}

function numbersOfNotebooks(root: string): number[] {
  return readdirSync(join(root, "notebooks")).flatMap((file) => {
    const number = Number.parseInt(file, 10);
    return Number.isNaN(number) ? [] : [number];
  });
}

/** A notebook is known by its name, whatever its number. */
function checkNewNotebook(root: string, name: string): void {
  const taken = readdirSync(join(root, "notebooks")).find(
    (file) => file.replace(/^\d+-/, "") === `${name}.ipynb`,
  );
  if (taken !== undefined) throw new UsageError(`file exists: notebooks/${taken}; choose another name`);
}

function checkAbsent(root: string, files: Files): void {
  for (const path of files.keys()) {
    const folder = /^(?:lib\/src\/)?studies\/[^/]+/.exec(path)?.[0] ?? path;
    const taken = [folder, path].find((each) => existsSync(join(root, each)));
    if (taken !== undefined) throw new UsageError(`file exists: ${taken}; choose another name, or remove it`);
  }
}

function insertBefore(root: string, path: string, mark: string, text: string): string {
  const whole = readFileSync(join(root, path), "utf8");
  const at = whole.indexOf(mark);
  if (at === -1) throw new DataError(`${path} has no place for a study; put \`${mark}\` into it`);
  return `${whole.slice(0, at)}${text}${whole.slice(at)}`;
}

function write(root: string, files: Files): string[] {
  for (const [path, text] of files) {
    const target = join(root, path);
    makeFolder(dirname(target));
    if (existsSync(target)) writeAtomically(target, text);
    else writeFileSync(target, text, { flag: "wx" });
  }
  return [...files.keys()];
}

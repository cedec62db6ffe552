import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { makeHeldFolder, sweepHeldFolders } from "../../measure/held-folder.ts";
import { parentDeathPrefix } from "../../measure/parent-death.ts";
import { type DataSource, parseJson } from "../../measure/parse-json.ts";
import { DataError } from "../../measure/study-error.ts";
import type { Node } from "./ast.ts";
import { captionName } from "./caption-name.ts";
import { findForeignMarkup } from "./find-foreign-markup.ts";
import { keepUnits } from "./keep-units.ts";
import type { Exhibit } from "./read-exhibits.ts";

/** What our text can say beyond MyST. */
const PLUGINS = ["values-role.mjs", "drawings.mjs"];
/** File of the front article: what a reader meets first. */
const frontFile = "front.md";

/** The article with every reference, number and citation resolved, but without its notebooks' evidence. */
export interface ResolvedDocument {
  readonly frontmatter: Frontmatter;
  readonly mdast: Node;
  readonly references: { readonly cite: Bibliography };
}
export interface Frontmatter {
  readonly title: string;
  readonly subtitle?: string;
  readonly authors?: readonly { readonly name: string }[];
  /** ISO day; also the day the PDF says it was made. */
  readonly date: string;
  readonly license?: { readonly content?: { readonly name: string; readonly url: string } };
  readonly options?: { readonly givens?: readonly string[] };
  readonly parts?: { readonly abstract?: { readonly mdast: Node } };
}
interface Bibliography {
  readonly order: readonly string[];
  /** HTML of each reference by its label. */
  readonly data: Readonly<Record<string, { readonly html: string }>>;
}

/** MyST's tree is judged node by node where it is rendered: what has no rendering fails there. */
const node = v.custom<Node>((value) => typeof value === "object" && value !== null && "type" in value);
const resolvedDocument: v.GenericSchema<unknown, ResolvedDocument> = v.object({
  frontmatter: v.object({
    title: v.string(),
    subtitle: v.exactOptional(v.string()),
    authors: v.exactOptional(v.array(v.object({ name: v.string() }))),
    date: v.optional(v.string(), "none"),
    license: v.exactOptional(
      v.object({ content: v.exactOptional(v.object({ name: v.string(), url: v.string() })) }),
    ),
    options: v.exactOptional(v.object({ givens: v.exactOptional(v.array(v.string())) })),
    parts: v.exactOptional(v.object({ abstract: v.exactOptional(v.object({ mdast: node })) })),
  }),
  mdast: node,
  references: v.object({
    cite: v.object({
      order: v.array(v.string()),
      data: v.record(v.string(), v.object({ html: v.string() })),
    }),
  }),
});
const mystOutput: DataSource = {
  noun: "text that MyST resolved",
  remedy: "correct the front matter of article.md, or install mystmd again",
};

/**
 * Lets MyST resolve the article: labels, numbers, citations, abbreviations, mathematics.
 *
 * It runs in a scratch folder with a copy of the text and, in place of the notebooks, stubs that carry only the ids of
 * what they show, so that nothing depends on where the clone lies and nothing is fetched or written elsewhere.
 *
 * @param scratch folder for intermediate files; each call has its own within
 * @throws DataError with MyST's own report if anything in the text does not resolve; naming file and line of HTML,
 *   which MyST would drop silently, of an image, which it would fetch, and of an inclusion from outside the article
 */
export async function resolveDocument(
  article: string,
  exhibits: Iterable<Exhibit>,
  scratch: string,
): Promise<ResolvedDocument> {
  sweepHeldFolders(scratch);
  const folder = makeHeldFolder("myst", scratch);
  try {
    return await resolveWithin(folder.path, article, exhibits);
  } finally {
    folder.remove();
  }
}

async function resolveWithin(
  scratch: string,
  article: string,
  exhibits: Iterable<Exhibit>,
): Promise<ResolvedDocument> {
  await cp(join(article, "article.md"), join(scratch, "article.md"));
  for (const part of [frontFile, "sections", "listings"].filter((name) => existsSync(join(article, name)))) {
    await cp(join(article, part), join(scratch, part), { recursive: true });
  }
  await cp(join(article, "references.bib"), join(scratch, "references.bib"));
  for (const plugin of PLUGINS) await cp(join(article, "template", plugin), join(scratch, plugin));
  await cp(join(article, "template", "site"), join(scratch, "site"), { recursive: true });
  const foreign = await foreignMarkupIn(scratch);
  if (foreign.length > 0) throw new DataError(foreign.join("\n"));
  const stubs = await writeNotebookStubs(exhibits, scratch);
  await writeFile(join(scratch, "myst.yml"), JSON.stringify(project(stubs), null, 1));
  await runMyst(scratch);
  const content = await readFile(join(scratch, "_build", "site", "content", "index.json"), "utf8");
  const document = parseJson(content, resolvedDocument, mystOutput);
  const { date } = document.frontmatter;
  if (!/^\d{4}-\d\d-\d\d$/.test(date))
    throw new DataError(`article.md: date must be an ISO day; got ${date}`);
  return { ...document, mdast: keepUnits(promoteFront(liftIncludes(document.mdast, scratch))) };
}

async function foreignMarkupIn(folder: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".md")).sort();
  const found = files.map(async (name) =>
    findForeignMarkup(await readFile(join(folder, name), "utf8"), name),
  );
  return (await Promise.all(found)).flat();
}

/**
 * Puts the parts of the text in the place of their inclusion, each node with the file it stands in.
 *
 * @param scratch holds a copy of all that may be included
 */
function liftIncludes(root: Node, scratch: string): Node {
  const copies = realpathSync(scratch);
  const lift = (node: Node | Include, file: string | undefined): Node[] => {
    if (node.type === "include") {
      const included = relative(copies, realpathSync(join(copies, dirname(file ?? "article.md"), node.file)));
      if (included.split(sep)[0] === "..") {
        throw new DataError(
          `${file ?? "article.md"}: text must include files of the article's own folder; got ${node.file}; put a copy into listings/`,
        );
      }
      return node.children.flatMap((child) => lift(child, included));
    }
    const placed = file === undefined ? node : { ...node, file };
    if (!("children" in placed)) return [placed];
    return [{ ...placed, children: placed.children.flatMap((child) => lift(child, file)) } as Node];
  };
  return lift(root, undefined)[0] as Node;
}

/** The front article's headings are of second rank in the text, where MyST does not number them, and of first rank for its readers. */
function promoteFront(node: Node): Node {
  const children = "children" in node ? { children: node.children.map(promoteFront) } : {};
  const depth = node.type === "heading" && node.file === frontFile ? { depth: node.depth - 1 } : {};
  return { ...node, ...children, ...depth } as Node;
}

interface Include {
  readonly type: "include";
  /** As the text names it, from where the text lies. */
  readonly file: string;
  readonly children: readonly Node[];
}

function project(stubs: readonly string[]): unknown {
  return {
    version: 1,
    project: {
      plugins: PLUGINS,
      numbering: { code: { template: `${captionName("code")}\u00a0%s` } },
      toc: ["article.md", ...stubs].map((file) => ({ file })),
    },
    site: { template: "./site" },
  };
}

async function writeNotebookStubs(exhibits: Iterable<Exhibit>, folder: string): Promise<string[]> {
  const notebooks = Map.groupBy(exhibits, ({ notebook }) => notebook);
  for (const [notebook, shown] of notebooks) {
    const stub = {
      cells: [
        { cell_type: "markdown", metadata: {}, source: `# ${notebook}` },
        ...shown.map(({ id }) => ({
          cell_type: "code",
          execution_count: null,
          metadata: { label: id },
          source: `// ${id}`, // an empty cell would be left out
          outputs: [{ output_type: "display_data", metadata: {}, data: { "text/plain": id } }],
        })),
      ],
      metadata: { kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    await writeFile(join(folder, notebook), JSON.stringify(stub));
  }
  return [...notebooks.keys()];
}

async function runMyst(folder: string): Promise<void> {
  const myst = join(
    dirname(createRequire(import.meta.url).resolve("mystmd/package.json")),
    "dist",
    "myst.cjs",
  );
  const home = join(folder, "home");
  // What it prints is judged, so nothing of the user's may make it print more, or otherwise.
  const { PATH } = process.env;
  const env = { PATH, HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home, NODE_NO_WARNINGS: "1" };
  const command = [process.execPath, myst, "build", "--site", "--strict"];
  const [program = "", ...args] = [...parentDeathPrefix("KILL"), ...command];
  const run = promisify(execFile)(program, args, { cwd: folder, env });
  const { stdout, stderr } = await run.catch((error: { stdout?: string; stderr?: string }) => ({
    stdout: error.stdout ?? "",
    stderr: error.stderr ?? String(error),
  }));
  // It ends well although it could not read the front matter, so its complaints count, not its exit status.
  const complaints = stderr.split("\n").filter((line) => line.trim() !== "");
  if (complaints.length === 0 && /Built \d+ pages/.test(stdout)) return;
  throw new DataError(`article.md: text does not resolve\n${complaints.join("\n") || stdout}`);
}

import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { readPackageFile } from "../../measure/package-file.ts";
import { parseJson } from "../../measure/parse-json.ts";
import { DataError } from "../../measure/study-error.ts";
import { buildAlone } from "../build-alone.ts";
import { checksums } from "../checksums.ts";
import { replaceFolder } from "../replace-folder.ts";
import { searchIndexScript } from "../site/search-index.ts";
import { copyAssets } from "./assets.ts";
import { childrenOf, type Node, type Picture, type Plot } from "./ast.ts";
import { type CratedData, describeCrate } from "./describe-crate.ts";
import { type EditionSource, loadEdition } from "./edition.ts";
import { type Article, embedEvidence } from "./embed-evidence.ts";
import { figureCsv, figureRows } from "./figure-rows.ts";
import { figureDrawing, figureSource } from "./figure-schema.ts";
import { plotFile } from "./html/figure-html.ts";
import { cutPages } from "./html/pages.ts";
import { writeHtml } from "./html/write-html.ts";
import { writeJats } from "./jats/write-jats.ts";
import { placesOfText } from "./places-of-text.ts";
import { type ResolvedDocument, resolveDocument } from "./resolve-document.ts";
import { plotsOf, shownNotebooks } from "./shown-notebooks.ts";
import { typedNumbers } from "./typed-numbers.ts";
import { compilePdf } from "./typst/compile-pdf.ts";
import { writeTypst } from "./typst/write-typst.ts";

const require = createRequire(import.meta.url);

const crateFile = "ro-crate-metadata.json";

export interface ArticleOptions {
  /** Folder of `article.md`, `references.bib` and `template/`. */
  readonly article: string;
  /** The editions to print: the reference alone, or the reference and one beside it. */
  readonly editions: readonly [EditionSource, ...EditionSource[]];
  /** Folder that receives the page and the PDF. */
  readonly output: string;
  /** Folder for intermediate files. Builds whose folders lie side by side go one after the other. */
  readonly scratch: string;
  /** The data sets behind the editions, the reference first. */
  readonly data: readonly CratedData[];
}

/**
 * Builds the article: executed notebooks and prose in, a page that needs no network and a PDF out, the same bytes from
 * the same inputs. They appear together or, whatever happens meanwhile, not at all.
 *
 * @returns the checksums of what was built
 * @throws DataError if anything in the text does not resolve, a value is unknown, unused or typed by hand, or mark-up has
 *   no rendering
 */
export function buildArticle(options: ArticleOptions): Promise<string> {
  return buildAlone(dirname(options.scratch), () => build(options));
}

async function build(options: ArticleOptions): Promise<string> {
  const { article: source, output, scratch } = options;
  const [reference, ...others] = options.editions;
  const editions = [await loadEdition(reference), ...(await Promise.all(others.map(loadEdition)))] as const;
  const exhibits = editions[0].exhibits.values();
  const document = await resolveDocument(source, exhibits, scratch);
  const typed = typedNumbers(document);
  if (typed.length > 0) throw new DataError(typed.join("\n"));
  const article = await embedEvidence(document, editions);
  const page = join(scratch, "page");
  await rm(page, { recursive: true, force: true });
  await mkdir(join(page, "figs"), { recursive: true });
  const template = join(source, "template");
  const notebooks = await shownNotebooks(editions[0]);
  const html = writeHtml(article, notebooks, toolVersions());
  for (const [file, text] of html) await writeFile(join(page, file), text);
  await writeFile(
    join(page, "article.pdf"),
    compilePdf(
      (beyondPage) => writeTypst(article, beyondPage),
      template,
      document.frontmatter.date,
      (text) => placesOfText(article, text),
    ),
  );
  await writeFile(join(page, "article.xml"), writeJats(article));
  await writeFile(join(page, crateFile), crateOf(document, [...html.keys()], options.data));
  await copyAssets(template, page, [...html.values()].join(""));
  await writeFile(join(page, "assets", "search-index.js"), searchIndexOf(article));
  await writePictures(article, join(page, "figs"));
  await writeFigures([...article.body.flatMap(plotsIn), ...plotsOf(notebooks)], join(page, "figs"));
  const entries = await readdir(page);
  // A page that this build no longer has goes with the last build.
  const isStranger = (entry: string) => !entries.includes(entry) && !entry.endsWith(".html");
  replaceFolder(page, output, join(scratch, `replaced-${basename(output)}`), isStranger);
  return checksums(output, entries);
}

function searchIndexOf({ body, document, ledgers }: Article): string {
  const pages = cutPages(body, document.frontmatter.title);
  return searchIndexScript(pages, ledgers[0] ?? [], "claims.html");
}

function crateOf(
  { frontmatter }: ResolvedDocument,
  pages: readonly string[],
  data: readonly CratedData[],
): string {
  const { title, subtitle = title, authors = [], date, license } = frontmatter;
  const { version } = readPackageFile(require.resolve("scheduling-safety/package.json"));
  return describeCrate({
    title,
    description: subtitle,
    authors: authors.map(({ name }) => name),
    license: license?.content ?? { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" },
    date,
    data,
    files: [...pages, "article.pdf", "article.xml", "assets/", "figs/"],
    version,
  });
}

/** Writes each plot as image and points to keep, and as a script, because pages opened as files cannot fetch. */
async function writeFigures(plots: readonly Plot[], folder: string): Promise<void> {
  for (const plot of new Map(plots.map((plot) => [plotFile(plot), plot])).values()) {
    const { data, layout } = parseJson(plot.json, figureDrawing, figureSource(plot.id));
    const figure = JSON.stringify({ data, layout });
    await writeFile(join(folder, `${plotFile(plot)}.svg`), plot.svg);
    await writeFile(join(folder, `${plotFile(plot)}.csv`), figureCsv(figureRows(plot.json, plot.id)));
    await writeFile(
      join(folder, `${plotFile(plot)}.js`),
      `figureLoaded(${JSON.stringify(plotFile(plot))}, ${figure});\n`,
    );
  }
}

/** Writes each drawing of the text as an image, which the text as XML names. */
async function writePictures({ body }: Article, folder: string): Promise<void> {
  for (const { name, svg } of body.flatMap(picturesIn)) await writeFile(join(folder, `${name}.svg`), svg);
}

function picturesIn(node: Node): Picture[] {
  return node.type === "picture" ? [node] : childrenOf(node).flatMap(picturesIn);
}

function plotsIn(node: Node): Plot[] {
  return node.type === "plot" ? [node] : childrenOf(node).flatMap(plotsIn);
}

function toolVersions(): string[] {
  const tools = {
    MyST: "mystmd",
    KaTeX: "katex",
    Plotly: "plotly.js",
    "typst.ts": "@myriaddreamin/typst-ts-node-compiler",
  };
  return Object.entries(tools).map(
    ([name, folder]) => `${name} ${readPackageFile(require.resolve(`${folder}/package.json`)).version}`,
  );
}

import { existsSync, readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { Option } from "commander";
import { projectRoot } from "../measure/project-root.ts";
import { DataError } from "../measure/study-error.ts";
import type { EditionSource } from "../publish/article/edition.ts";
import { buildsFolder } from "../publish/build-alone.ts";
import { compareChecksums } from "../publish/checksums.ts";
import { describeDataSet } from "../publish/describe-data-set.ts";
import { type EditionName, editionPaths } from "../publish/edition-paths.ts";
import { identifyEdition } from "../publish/identify-edition.ts";
import { dataFolder } from "../tables/data-folder.ts";
import type { Manifest } from "../tables/manifest.ts";
import { readManifests } from "../tables/read-manifests.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import { dataSetFolder } from "./chosen-data-set.ts";
import { forMaintainers, type RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";

interface ArticleCommandOptions {
  readonly beside?: string;
  readonly check?: boolean;
}

const source = join(projectRoot, "article");
const checksumList = join(source, "SHA256SUMS");

/** Adds `article`: builds the publication from executed notebooks. */
export const registerArticle: RegisterCommand = (program, context) => {
  const { print } = context;
  program
    .command("article")
    .helpGroup(forMaintainers)
    .description("build the article from the executed notebooks: a page and a PDF")
    .addOption(
      new Option("--beside <folder>", "build an edition with this data set beside the reference").conflicts(
        "check",
      ),
    )
    .option("--check", "fail if the result is not the one that article/SHA256SUMS lists")
    .addHelpText(
      "after",
      examples(
        ["article", "the publication, from what `make notebooks` executed"],
        ["article --beside /tmp/mine", "an edition with your data beside the reference"],
      ),
    )
    .action(async ({ beside, check = false }: ArticleCommandOptions) => {
      const { buildArticle } = await import("../publish/article/build-article.ts");
      const own = beside === undefined ? null : dataSetFolder("--beside", beside, context);
      const reference = edition("reference", "reference", dataFolder({}));
      const output = join(source, "build", ...(own === null ? [] : ["this-host"]));
      const folders = [dataFolder({}), ...(own === null ? [] : [own])];
      const sums = await buildArticle({
        article: source,
        editions: own === null ? [reference] : [reference, edition("this-host", "this host", own)],
        output,
        scratch: join(buildsFolder, "article"),
        data: folders.map((folder) => ({ folder: placeOf(folder), manifests: readManifests(folder) })),
      });
      if (beside === undefined && check) {
        compareChecksums(sums, readChecksums(), checksumList);
        print("the article is the one that article/SHA256SUMS lists");
      } else {
        if (beside === undefined) writeAtomically(checksumList, sums);
        print(join(output, "index.html"));
      }
    });
};

function edition(name: EditionName, title: string, data: string): EditionSource {
  const { identity, ...paths } = editionPaths(name);
  if (!existsSync(identity) || readFileSync(identity, "utf8") !== identifyEdition(data)) {
    const option = name === "reference" ? "" : ` --data ${data}`;
    throw new DataError(
      `notebooks must have been executed as they are now, on this data set: ${data}; run \`scheduling-safety notebooks${option}\` first`,
    );
  }
  return { name: title, description: describeDataSet(manifestsOf(data)), ...paths };
}

/** Reads the manifests of a data set. @throws DataError if it holds no finished experiment */
function manifestsOf(folder: string): Manifest[] {
  const manifests = readManifests(folder);
  if (manifests.length > 0) return manifests;
  throw new DataError(`data set must hold a finished experiment: ${folder}; run \`make data\` first`);
}

/** Where a data set lies within the project; a folder elsewhere is told by its name alone. */
function placeOf(folder: string): string {
  const path = relative(projectRoot, folder);
  return path.split(sep)[0] === ".." ? basename(folder) : path.split(sep).join("/");
}

function readChecksums(): string {
  if (existsSync(checksumList)) return readFileSync(checksumList, "utf8");
  throw new DataError(`checksums are missing: ${checksumList}; build the article once and commit them`);
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../measure/entry-beside.ts";
import { identifyModules, type ModuleNode } from "../measure/module-graph.ts";
import { projectRoot } from "../measure/project-root.ts";
import { exportName } from "../studies/study.ts";
import { foldersIn, hostFolders, otherReferences } from "../tables/data-folder.ts";
import { sha256File } from "../tables/sha256-file.ts";
import { simulatedFolder } from "../tables/simulated-coverage.ts";
import { exportedModules } from "./exported-modules.ts";
import { emptyNotebook } from "./normalise-notebook.ts";
import { joinLines, type Notebook, notebookText } from "./notebook.ts";

/**
 * Names an execution by its content: the notebook's source, the modules behind the names it imports, the tables of the
 * studies among them, what else of data/ it reads, the kernel and the locked packages. Two executions of one name give the
 * same outputs.
 *
 * @param dataFolder the data set that the notebook reads
 * @param known modules that were read for another notebook
 * @returns SHA-256 in hexadecimal
 */
export function notebookKey(
  notebook: Notebook,
  dataFolder: string,
  known: Map<string, ModuleNode> = new Map(),
): string {
  const names = importedNames(notebook);
  const modules = exportedModules();
  const used = names.flatMap((name) => modules.get(name) ?? []);
  const parts = [
    process.version,
    fileIfThere(join(projectRoot, "package-lock.json")),
    notebookText(emptyNotebook(notebook)),
    identifyModules([...new Set([...used, ...kernel])].sort(), known),
    ...tablesOf(names, dataFolder),
    ...filesUnder(join(projectRoot, "data", "published")),
    ...(names.includes("loadCoverage") ? filesUnder(simulatedFolder) : []),
    ...namedPaths(notebook).flatMap(filesUnder),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

const kernel = ["kernel", "build-services", "cell-compiler"].map((name) =>
  fileURLToPath(entryBeside(import.meta.url, name)),
);

/** Lists the names that a notebook's cells import from the library. */
export function importedNames(notebook: Notebook): string[] {
  return codeOf(notebook).flatMap((text) =>
    [...text.matchAll(/import \{([^}]*)\} from "scheduling-safety"/g)].flatMap(([, list = ""]) =>
      list
        .split(",")
        .map((name) => name.trim().replace(/ as .*/, ""))
        .filter((name) => name !== ""),
    ),
  );
}

/** Lists what cells open by its path, as they write it: seen from the project's top. */
function namedPaths(notebook: Notebook): string[] {
  return codeOf(notebook).flatMap((text) =>
    [...text.matchAll(/(["'`])(data\/.*?)\1/g)].map(([, , path = ""]) => join(projectRoot, path)),
  );
}

function codeOf({ cells }: Notebook): string[] {
  return cells.filter((cell) => cell.cell_type === "code").map((cell) => joinLines(cell.source));
}

/**
 * A study's name stands for its tables; any other name that can lead to data, for all of them. What this data set lacks, another
 * reference host may have for it; what sets hosts beside each other reads all that every reference host has, the main one first.
 */
function tablesOf(names: readonly string[], dataFolder: string): string[] {
  if (names.some((name) => readsHosts.includes(name))) {
    const hosts = [dataFolder, ...(existsSync(references) ? hostFolders(references) : [])];
    return [...new Set(hosts.map((host) => resolve(host)))].flatMap(foldersIn).flatMap(filesUnder);
  }
  const own = foldersIn(dataFolder);
  const there = new Set(own.map((folder) => basename(folder)));
  const others = otherReferences(dataFolder).flatMap(foldersIn);
  const all = names.some((name) => readsAnything.includes(name));
  return [...own, ...others.filter((folder) => !there.has(basename(folder)))]
    .filter((folder) => all || names.includes(exportName(basename(folder))))
    .flatMap(filesUnder);
}

const references = join(projectRoot, "data", "reference");
const readsHosts: readonly string[] = ["hostFolders", "foldersBeside"];
const readsAnything: readonly string[] = ["studies", "dataFolder", "load", "loadBench", "compareDataSets"];

/** Lists the files of a folder, or the one file, each with its checksum; none where nothing is there. */
function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [`${basename(path)} ${sha256File(path)}`];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${name} ${sha256File(join(path, name))}`)
    .sort();
}

function fileIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

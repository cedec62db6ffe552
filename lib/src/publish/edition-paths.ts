import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";

/** The reference data, or the data of the reader's host. */
export type EditionName = "reference" | "this-host";

/** Where the notebooks as executed on one data set lie, and what was taken from them. */
export interface EditionPaths {
  readonly notebooks: string;
  readonly figures: string;
  readonly values: string;
  /** File that names what it was made from: {@link identifyEdition}; not there where some of it was made from something else. */
  readonly identity: string;
}

/** Committed notebooks and figures. */
export const committed = {
  notebooks: join(projectRoot, "notebooks"),
  figures: join(projectRoot, "figures"),
} as const;

/** Where executed editions lie. */
export const editions = join(projectRoot, ".cache", "editions");

/** Names the places of an edition. */
export function editionPaths(name: EditionName): EditionPaths {
  return pathsIn(join(editions, name));
}

/** Names the places of an edition below a folder. */
export function pathsIn(folder: string): EditionPaths {
  return {
    notebooks: join(folder, "notebooks"),
    figures: join(folder, "figures"),
    values: join(folder, "values.json"),
    identity: join(folder, "identity"),
  };
}

/** A notebook of this number measures when it is executed: it is committed without outputs, and no part of an edition. */
const measuring = /^00-/;

/** Lists the committed notebooks that make an edition, in order. @throws UsageError if there is none */
export function notebookFiles(): string[] {
  return everyNotebook().filter((path) => !measuring.test(basename(path)));
}

/** Lists all committed notebooks, in order. @throws UsageError if there is none */
export function everyNotebook(): string[] {
  const names = readdirSync(committed.notebooks).filter((name) => name.endsWith(".ipynb"));
  if (names.length === 0) {
    throw new UsageError(`notebooks must lie in ${committed.notebooks}; found none`);
  }
  return names.sort().map((name) => join(committed.notebooks, name));
}

/** Finds a notebook by its name, whatever its number is now; null if there is none. */
export function notebookNamed(name: string, folder: string = committed.notebooks): string | null {
  const bare = (text: string) => basename(text, ".ipynb").replace(/^\d+-/, "");
  const file = readdirSync(folder).find((path) => path.endsWith(".ipynb") && bare(path) === bare(name));
  return file === undefined ? null : join(folder, file);
}

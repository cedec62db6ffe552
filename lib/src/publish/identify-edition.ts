import { createHash } from "node:crypto";
import type { ModuleNode } from "../measure/module-graph.ts";
import { notebookFiles } from "./edition-paths.ts";
import { identifyDataSet } from "./identify-data-set.ts";
import { readNotebook } from "./notebook.ts";
import { notebookKey } from "./notebook-key.ts";

/**
 * Names what an edition of a data set is made from: the data set, and all that goes into each of the notebooks as they are now.
 *
 * @returns SHA-256 in hexadecimal
 */
export function identifyEdition(dataFolder: string): string {
  const known = new Map<string, ModuleNode>();
  const keys = notebookFiles().map((path) => notebookKey(readNotebook(path), dataFolder, known));
  return createHash("sha256")
    .update(JSON.stringify([identifyDataSet(dataFolder), ...keys]))
    .digest("hex");
}

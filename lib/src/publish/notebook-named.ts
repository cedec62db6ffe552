import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { committed } from "./execute-edition.ts";

/** Finds a notebook by its name, whatever its number is now; null if there is none. */
export function notebookNamed(name: string, folder: string = committed.notebooks): string | null {
  const bare = (text: string) => basename(text, ".ipynb").replace(/^\d+-/, "");
  const file = readdirSync(folder).find((path) => path.endsWith(".ipynb") && bare(path) === bare(name));
  return file === undefined ? null : join(folder, file);
}

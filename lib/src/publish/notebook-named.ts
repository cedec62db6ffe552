import { basename } from "node:path";
import { notebookFiles } from "./execute-edition.ts";

/** Finds a committed notebook by its name, whatever its number is now; null if there is none. */
export function notebookNamed(name: string): string | null {
  const bare = (text: string) => text.replace(/^\d+-/, "");
  return notebookFiles().find((path) => bare(basename(path, ".ipynb")) === bare(name)) ?? null;
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError, UsageError } from "../measure/study-error.ts";
import { type Json, plainJson } from "./plain-json.ts";

/** A cell's output as nbformat 4 stores it; only what the stations here look at is named. */
export interface CellOutput {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
  readonly name?: "stdout" | "stderr";
  readonly text?: Lines;
  readonly data?: { readonly [mime: string]: Json };
  readonly metadata?: { readonly [key: string]: Json };
}

export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id?: string;
  readonly metadata: { readonly [key: string]: Json };
  readonly source: Lines;
  readonly outputs?: readonly CellOutput[];
  readonly execution_count?: number | null;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly [key: string]: Json };
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** Text as nbformat stores it: whole, or one item a line, each with its line break. */
export type Lines = string | readonly string[];

/**
 * Reads a notebook (https://nbformat.readthedocs.io/en/latest/format_description.html).
 * @throws UsageError if it does not exist; DataError if it is not a notebook of format 4.
 */
export function readNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError(`notebook must be a readable file; got ${path}`, { cause });
  }
  try {
    const notebook = JSON.parse(text) as Partial<Notebook> | null;
    if (notebook?.nbformat === 4 && Array.isArray(notebook.cells)) return notebook as Notebook;
  } catch (cause) {
    throw new DataError(`notebook must be JSON; ${path} is not: restore it`, { cause });
  }
  throw new DataError(
    `notebook must have nbformat 4 and cells; ${path} has not: save it with a current Jupyter`,
  );
}

/** Paths of the notebooks in a folder, in the order of their numbers. */
export function notebooksIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(folder, name));
}

/** Spells a notebook as nbformat does: keys sorted, one space of indentation. */
export function notebookText(notebook: Notebook): string {
  return `${JSON.stringify(plainJson(notebook, 17), null, 1)}\n`;
}

export function joinLines(lines: Lines): string {
  return typeof lines === "string" ? lines : lines.join("");
}

export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

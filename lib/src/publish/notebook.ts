import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { parseJson } from "../measure/parse-json.ts";
import { UsageError } from "../measure/study-error.ts";
import { anyJsonObject, type Json, plainJson } from "./plain-json.ts";

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
  const remedy = "restore it, or save it with a current Jupyter";
  return parseJson(text, notebookSchema, { noun: "notebook", path, remedy });
}

/** See {@link Lines}. */
export const notebookLines: v.GenericSchema<unknown, Lines> = v.union([v.string(), v.array(v.string())]);

const notebookSchema: v.GenericSchema<unknown, Notebook> = v.looseObject({
  cells: v.array(
    v.looseObject({
      cell_type: v.picklist(["code", "markdown", "raw"]),
      id: v.exactOptional(v.string()),
      metadata: anyJsonObject,
      source: notebookLines,
      outputs: v.exactOptional(
        v.array(
          v.looseObject({
            output_type: v.picklist(["stream", "display_data", "execute_result", "error"]),
            name: v.exactOptional(v.picklist(["stdout", "stderr"])),
            text: v.exactOptional(notebookLines),
            data: v.exactOptional(anyJsonObject),
            metadata: v.exactOptional(anyJsonObject),
          }),
        ),
      ),
      execution_count: v.exactOptional(v.nullable(v.number())),
    }),
  ),
  metadata: anyJsonObject,
  nbformat: v.literal(4),
  nbformat_minor: v.number(),
});

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

import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { parse } from "acorn";
import { UsageError } from "../measure/study-error.ts";
import type { Notebook } from "../publish/notebook.ts";
import { exportName } from "../studies/study.ts";

const templates = join(import.meta.dirname, "..", "..", "templates");

/** The study that authors start from, real code, compiled and tested as all other; and what another project gets besides. */
type Template = "study" | "project";

/** A file of the template, under its name there, with the new study's names in it. */
export interface TemplateFile {
  readonly name: string;
  readonly text: string;
}

/** Reads the template with the names of a new study: `template-study` becomes `checkout-pool`, `templateStudy` `checkoutPool`. */
export function readTemplate(name: string, template: Template = "study"): TemplateFile[] {
  const folder = join(templates, template);
  const camel = exportName(name);
  const pascal = `${camel.slice(0, 1).toUpperCase()}${camel.slice(1)}`;
  const words = name.replaceAll("-", " ");
  const title = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      name: file,
      text: readFileSync(join(folder, file), "utf8")
        .replaceAll("The template study", title)
        .replaceAll("template-study", name)
        .replaceAll("templateStudy", camel)
        .replaceAll("TemplateStudy", pascal),
    }));
}

/**
 * Refuses a name that cannot be a folder, an export and an experiment at once.
 *
 * @throws {UsageError} when it is not kebab case, a word of the language, or a name that the template uses itself.
 */
export function checkStudyName(name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name)) {
    throw new UsageError(`study name must be kebab case, as in checkout-pool; got ${name}`);
  }
  try {
    parseModule(`const ${exportName(name)} = 0;`);
  } catch (cause) {
    throw new UsageError(`study name must not be a word of the language; got ${name}`, { cause });
  }
  try {
    for (const code of readTemplate(name).flatMap(codeOf)) parseModule(stripTypeScriptTypes(code));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new UsageError(`study name is one that the template uses itself: ${name}; choose another`, {
      cause,
    });
  }
}

function parseModule(code: string): void {
  parse(code, { ecmaVersion: "latest", sourceType: "module" });
}

/** The code of a module, or that of a notebook's cells together. */
function codeOf({ name, text }: TemplateFile): string[] {
  if (name.endsWith(".ts")) return [text];
  if (!name.endsWith(".ipynb")) return [];
  const { cells }: Pick<Notebook, "cells"> = JSON.parse(text);
  return [
    cells.flatMap(({ cell_type, source }) => (cell_type === "code" ? [source, "\n"].flat() : [])).join(""),
  ];
}

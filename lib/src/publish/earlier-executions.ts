import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolder } from "../measure/make-folder.ts";
import type { ModuleNode } from "../measure/module-graph.ts";
import { readNotebook } from "./notebook.ts";
import { notebookKey } from "./notebook-key.ts";

/**
 * The executed notebooks of an edition, kept by what went into them: one a notebook, under its name and key. Where the
 * time stamps of files say nothing, as in a fresh checkout, the keys still do.
 */
export class EarlierExecutions {
  readonly #folder: string;
  readonly #dataFolder: string;
  readonly #keys = new Map<string, string>();
  readonly #modules = new Map<string, ModuleNode>();
  readonly #modulesAfter = new Map<string, ModuleNode>();

  constructor(folder: string, dataFolder: string) {
    this.#folder = folder;
    this.#dataFolder = dataFolder;
  }

  /** Tells whether a notebook with this source, code and data was executed before. */
  has(notebook: string): boolean {
    return existsSync(this.#placeOf(notebook));
  }

  /** Tells whether a notebook has the outputs of that earlier execution, byte for byte. */
  isOutputOf(notebook: string): boolean {
    return this.has(notebook) && readFileSync(notebook).equals(readFileSync(this.#placeOf(notebook)));
  }

  /** Copies the earlier execution of a notebook. */
  take(notebook: string, target: string): void {
    cpSync(this.#placeOf(notebook), target);
  }

  /**
   * Keeps an execution of a notebook, and forgets those of other content. It is kept under what {@link has} was asked of, before
   * it was executed; where source, code or data have changed since, nobody knows of which it is, and it is not kept.
   */
  keep(notebook: string, executed: string): void {
    const place = this.#placeOf(notebook);
    const now = notebookKey(readNotebook(notebook), this.#dataFolder, this.#modulesAfter);
    if (now !== this.#keys.get(notebook)) return;
    makeFolder(this.#folder);
    const unfinished = `${place}.unfinished`;
    const name = basename(notebook, ".ipynb");
    for (const old of readdirSync(this.#folder).filter((file) => file.startsWith(`${name}.`))) {
      rmSync(join(this.#folder, old));
    }
    // Under its key a copy would be taken for whole, however far it came.
    cpSync(executed, unfinished);
    renameSync(unfinished, place);
  }

  #placeOf(notebook: string): string {
    const key =
      this.#keys.get(notebook) ?? notebookKey(readNotebook(notebook), this.#dataFolder, this.#modules);
    this.#keys.set(notebook, key);
    return join(this.#folder, `${basename(notebook, ".ipynb")}.${key}.ipynb`);
  }
}

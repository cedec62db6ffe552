import { basename } from "node:path";
import * as v from "valibot";
import { parseData } from "../../measure/parse-json.ts";
import { DataError } from "../../measure/study-error.ts";
import { mime } from "../mime.ts";
import { type Cell, joinLines, notebookLines, notebooksIn, readNotebook } from "../notebook.ts";

/** What the article can embed from a notebook: a figure by its id, a table by the id of its cell. */
export interface Exhibit {
  readonly id: string;
  /** File name of the notebook that shows it, and the id of the cell. */
  readonly notebook: string;
  readonly cell: string;
  /** The table's HTML; none for a figure. */
  readonly html?: string;
}

/** Ids become names of files and anchors. (https://nbformat.readthedocs.io/en/latest/format_description.html#cell-ids) */
const ID = /^[\w-]+$/;

/**
 * Lists the exhibits of every executed notebook in a folder, by id.
 *
 * @throws DataError if there is no notebook or two exhibits share an id
 */
export function readExhibits(folder: string): ReadonlyMap<string, Exhibit> {
  const notebooks = notebooksIn(folder);
  if (notebooks.length === 0) throw new DataError(`${folder}: notebooks are missing; execute them first`);
  const exhibits = new Map<string, Exhibit>();
  for (const path of notebooks) {
    const notebook = basename(path);
    for (const exhibit of readNotebook(path).cells.flatMap((cell) => exhibitsOf(cell, notebook))) {
      if (!ID.test(exhibit.id)) {
        throw new DataError(
          `${notebook}: id of a figure or table must be letters, digits, - and _; got ${JSON.stringify(exhibit.id)}`,
        );
      }
      const twin = exhibits.get(exhibit.id);
      if (twin !== undefined) {
        throw new DataError(
          `${notebook}: id of a figure or table must be unique; ${twin.notebook} has "${exhibit.id}" too`,
        );
      }
      exhibits.set(exhibit.id, exhibit);
    }
  }
  return exhibits;
}

/** What a kernel says of a figure that a cell has shown. */
export const shownFigure = v.object({ id: v.string() });

function exhibitsOf({ id: cell = "", outputs = [] }: Cell, notebook: string): Exhibit[] {
  const exhibits: Exhibit[] = [];
  for (const { data = {}, metadata } of outputs) {
    const figure = metadata?.["figure"];
    if (v.is(shownFigure, figure)) exhibits.push({ id: figure.id, notebook, cell });
    else if (mime.html in data)
      exhibits.push({ id: cell, notebook, cell, html: htmlOf(data[mime.html], notebook) });
  }
  return exhibits;
}

function htmlOf(data: unknown, path: string): string {
  const source = { noun: "table in a notebook", path, remedy: "execute the notebook again" };
  return joinLines(parseData(data, notebookLines, source));
}

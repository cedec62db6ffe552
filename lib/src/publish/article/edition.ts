import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../measure/study-error.ts";
import type { Value } from "./format-value.ts";
import { type Exhibit, readExhibits } from "./read-exhibits.ts";

/** Where one set of executed notebooks lies. */
export interface EditionSource {
  /** Name for the reader, such as "reference" or "this host". */
  readonly name: string;
  /** One phrase about the host and the data. */
  readonly description: string;
  /** Folder of executed notebooks. */
  readonly notebooks: string;
  /** Folder of `<id>.svg` and `<id>.json`. */
  readonly figures: string;
  /** File of the values that the notebooks hand on: objects of numbers and texts, nested by name. */
  readonly values: string;
}

/** The evidence one set of notebooks gives the article. */
export interface Edition {
  readonly source: EditionSource;
  /** Values by dotted path. */
  readonly values: ReadonlyMap<string, Value>;
  readonly exhibits: ReadonlyMap<string, Exhibit>;
}

/** Reads an edition. @throws DataError if a file is missing or malformed */
export async function loadEdition(source: EditionSource): Promise<Edition> {
  return { source, values: await loadValues(source.values), exhibits: readExhibits(source.notebooks) };
}

/** A figure as its files give it. */
export interface StoredFigure {
  readonly svg: string;
  /** Everything Plotly needs, and the words that describe the figure. */
  readonly json: string;
  readonly alt: string;
  readonly layout: { readonly width: number; readonly height: number };
}

/** Reads one figure of an edition. @throws DataError if it is missing */
export async function readFigure({ source }: Edition, id: string): Promise<StoredFigure> {
  const svg = await readText(join(source.figures, `${id}.svg`));
  const json = await readText(join(source.figures, `${id}.json`));
  const { alt, layout } = JSON.parse(json) as Pick<StoredFigure, "alt" | "layout">;
  return { svg, json, alt, layout };
}

async function loadValues(file: string): Promise<ReadonlyMap<string, Value>> {
  const values = new Map<string, Value>();
  const flatten = (path: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) values.set(path, value as Value);
    else
      for (const [name, child] of Object.entries(value))
        flatten(path === "" ? name : `${path}.${name}`, child);
  };
  flatten("", JSON.parse(await readText(file)));
  return values;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new DataError(`${file}: file is missing; execute the notebooks first`, { cause });
  }
}

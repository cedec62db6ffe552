import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { parseJson } from "../../measure/parse-json.ts";
import { DataError } from "../../measure/study-error.ts";
import { type CellPlace, placesOfValues } from "../collect-values.ts";
import { notebooksIn } from "../notebook.ts";
import { figureFinding } from "./figure-finding.ts";
import { figureHead, figureSource } from "./figure-schema.ts";
import type { Value } from "./format-value.ts";
import { type Exhibit, readExhibits } from "./read-exhibits.ts";
import { harmlessSvg } from "./sanitise-svg.ts";

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
  /** The cell that hands on each value, by dotted path. */
  readonly origins: ReadonlyMap<string, CellPlace>;
}

/** Reads an edition. @throws DataError if a file is missing or malformed */
export async function loadEdition(source: EditionSource): Promise<Edition> {
  return {
    source,
    values: await loadValues(source.values),
    exhibits: readExhibits(source.notebooks),
    origins: placesOfValues(notebooksIn(source.notebooks)),
  };
}

/** A figure as its files give it. */
export interface StoredFigure {
  readonly svg: string;
  /** Everything Plotly needs, and the words that describe the figure. */
  readonly json: string;
  readonly alt: string;
  readonly layout: { readonly width: number; readonly height: number };
}

/** Reads one figure of an edition. @throws DataError if it is missing, or holds what no page may show */
export async function readFigure({ source }: Edition, id: string): Promise<StoredFigure> {
  const svgFile = join(source.figures, `${id}.svg`);
  const svg = await readText(svgFile);
  const file = join(source.figures, `${id}.json`);
  const json = await readText(file);
  const { alt, layout } = parseJson(json, figureHead, figureSource(file));
  return { svg: harmlessSvg(svg, svgFile), json, alt: `${alt} ${figureFinding(json, file)}`.trim(), layout };
}

async function loadValues(file: string): Promise<ReadonlyMap<string, Value>> {
  const values = new Map<string, Value>();
  const flatten = (path: string, value: NestedValue): void => {
    if (typeof value !== "object" || value === null) values.set(path, value);
    else
      for (const [name, child] of Object.entries(value))
        flatten(path === "" ? name : `${path}.${name}`, child);
  };
  const remedy = "execute the notebooks again";
  flatten("", parseJson(await readText(file), nestedValues, { noun: "file of values", path: file, remedy }));
  return values;
}

type NestedValue = Value | { readonly [name: string]: NestedValue };
const nestedValues: v.GenericSchema<unknown, { readonly [name: string]: NestedValue }> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null(), v.lazy(() => nestedValues)])),
);

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new DataError(`${file}: file is missing; execute the notebooks first`, { cause });
  }
}

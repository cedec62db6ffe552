import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../../measure/study-error.ts";
import { type CellPlace, placesOfValues } from "../collect-values.ts";
import { notebooksIn } from "../notebook.ts";
import { figureFinding } from "./figure-finding.ts";
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
  const { alt, layout } = parseFigure(json, file);
  return { svg: harmlessSvg(svg, svgFile), json, alt: `${alt} ${figureFinding(json)}`.trim(), layout };
}

function parseFigure(json: string, file: string): Pick<StoredFigure, "alt" | "layout"> {
  const { alt, layout } = parseObject(json, file) as Partial<StoredFigure>;
  if (typeof alt !== "string" || alt.trim() === "") {
    throw new DataError(`${file}: alt must say what the figure shows; got ${JSON.stringify(alt)}`);
  }
  for (const side of ["width", "height"] as const) {
    const length: unknown = layout?.[side];
    if (typeof length !== "number" || !(length > 0 && length <= 10_000)) {
      throw new DataError(
        `${file}: layout.${side} must be a number of pixels from 1 to 10000; got ${JSON.stringify(length)}`,
      );
    }
  }
  return { alt, layout: layout as StoredFigure["layout"] };
}

function parseObject(json: string, file: string): object {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null) return value;
  } catch (cause) {
    throw new DataError(`${file}: file must be JSON; it is not: execute the notebooks again`, { cause });
  }
  throw new DataError(`${file}: file must hold an object; got ${json.slice(0, 40).trim()}`);
}

async function loadValues(file: string): Promise<ReadonlyMap<string, Value>> {
  const values = new Map<string, Value>();
  const flatten = (path: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) values.set(path, value as Value);
    else
      for (const [name, child] of Object.entries(value))
        flatten(path === "" ? name : `${path}.${name}`, child);
  };
  flatten("", parseObject(await readText(file), file));
  return values;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new DataError(`${file}: file is missing; execute the notebooks first`, { cause });
  }
}

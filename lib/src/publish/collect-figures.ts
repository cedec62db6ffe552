import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import * as v from "valibot";
import { parseData } from "../measure/parse-json.ts";
import { DataError } from "../measure/study-error.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import { type FigureFile, figureText, storedFigure } from "./figure-file.ts";
import { mime } from "./mime.ts";
import { joinLines, notebookLines, readNotebook } from "./notebook.ts";
import { anyJsonObject } from "./plain-json.ts";

interface FoundFigure {
  readonly notebook: string;
  readonly file: FigureFile;
  readonly svg: string;
}

/**
 * Writes `<id>.svg` and `<id>.json` for each figure shown in executed notebooks, and removes those of figures no
 * longer shown. Returns the ids, sorted.
 * @throws DataError if two outputs show figures of one id.
 */
export function collectFigures(executed: readonly string[], folder: string): string[] {
  const found = new Map<string, FoundFigure>();
  for (const figure of executed.flatMap(figuresIn)) {
    const { id } = figure.file;
    const first = found.get(id);
    if (first) {
      throw new DataError(
        `figure id must be unique; ${id} is shown in ${first.notebook} and in ${figure.notebook}: rename one`,
      );
    }
    found.set(id, figure);
  }
  for (const { file, svg } of found.values()) {
    writeAtomically(join(folder, `${file.id}.svg`), svg);
    writeAtomically(join(folder, `${file.id}.json`), figureText(file, svg));
  }
  removeStale(folder, found);
  return [...found.keys()].sort();
}

function figuresIn(path: string): FoundFigure[] {
  const outputs = readNotebook(path).cells.flatMap((cell) => cell.outputs ?? []);
  const source = { noun: "figure in a notebook", path, remedy: "execute the notebook again" };
  return outputs.flatMap(({ data, metadata }) => {
    const [drawing, svg, about] = [data?.[mime.plotly], data?.[mime.svg], metadata?.["figure"]];
    if (drawing === undefined || svg === undefined || about === undefined) return [];
    const output = parseData({ about, drawing, svg }, figureOutput, source);
    const file = parseData({ ...output.about, ...output.drawing }, storedFigure, source);
    return [{ notebook: basename(path), file, svg: joinLines(output.svg) }];
  });
}

const figureOutput = v.object({ about: anyJsonObject, drawing: anyJsonObject, svg: notebookLines });

function removeStale(folder: string, kept: ReadonlyMap<string, FoundFigure>): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const id = /^(.+)\.(?:svg|json)$/.exec(name)?.[1];
    if (id !== undefined && !kept.has(id)) rmSync(join(folder, name));
  }
}

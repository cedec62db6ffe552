import { basename } from "node:path";
import * as v from "valibot";
import type { HandedValue } from "../hand-on.ts";
import { mime } from "../mime.ts";
import { type Cell, type CellOutput, joinLines, type Lines, notebooksIn, readNotebook } from "../notebook.ts";
import type { Node, Plot } from "./ast.ts";
import { type Edition, readFigure } from "./edition.ts";
import { parseFragment } from "./parse-fragment.ts";
import { shownFigure } from "./read-exhibits.ts";

/** An executed notebook, ready to be written as a page. */
export interface ShownNotebook {
  /** File name, such as `01-scheduling-delay.ipynb`. */
  readonly file: string;
  readonly title: string;
  readonly cells: readonly ShownCell[];
}

export type ShownCell =
  | { readonly kind: "text"; readonly id: string; readonly markdown: string }
  | {
      readonly kind: "code";
      readonly id: string;
      readonly code: string;
      readonly outputs: readonly ShownOutput[];
    };

/** What a cell printed: a table, a figure, values for the text, or a line. */
export type ShownOutput =
  | { readonly kind: "nodes"; readonly nodes: readonly Node[] }
  | { readonly kind: "figure"; readonly plot: Plot }
  | { readonly kind: "values"; readonly values: Readonly<Record<string, HandedValue>> }
  | { readonly kind: "line"; readonly text: string };

/** Reads the executed notebooks of an edition with their figures. @throws DataError if a figure is missing or a table has no rendering */
export async function shownNotebooks(edition: Edition): Promise<ShownNotebook[]> {
  return Promise.all(
    notebooksIn(edition.source.notebooks).map(async (path) => {
      const file = basename(path);
      const cells = await Promise.all(
        readNotebook(path).cells.map((cell, index) => shownCell(cell, index, file, edition)),
      );
      return { file, title: titleOf(cells) ?? file, cells };
    }),
  );
}

/** The plots of some notebooks, in their order. */
export function plotsOf(notebooks: readonly ShownNotebook[]): Plot[] {
  return notebooks
    .flatMap(({ cells }) => cells)
    .flatMap((cell) => (cell.kind === "code" ? cell.outputs : []))
    .flatMap((output) => (output.kind === "figure" ? [output.plot] : []));
}

function titleOf(cells: readonly ShownCell[]): string | undefined {
  const [first] = cells;
  return first?.kind === "text" ? /^# (.+)$/m.exec(first.markdown)?.[1] : undefined;
}

async function shownCell(cell: Cell, index: number, file: string, edition: Edition): Promise<ShownCell> {
  const { id = String(index), cell_type: type, source, outputs = [] } = cell;
  if (type !== "code") return { kind: "text", id, markdown: joinLines(source) };
  const shown = await Promise.all(outputs.map((output) => shownOutput(output, `${file}, ${id}`, edition)));
  return { kind: "code", id, code: joinLines(source), outputs: shown.flat() };
}

async function shownOutput(
  { data = {}, metadata, text }: CellOutput,
  place: string,
  edition: Edition,
): Promise<ShownOutput[]> {
  const figure = metadata?.["figure"];
  if (v.is(shownFigure, figure)) {
    const { layout, ...stored } = await readFigure(edition, figure.id);
    const plot: Plot = { type: "plot", id: figure.id, edition: 0, ...stored, ...layout };
    return [{ kind: "figure", plot }];
  }
  const { [mime.html]: html, [mime.values]: values, [mime.text]: plain } = data;
  if (html !== undefined) return [{ kind: "nodes", nodes: parseFragment(joinLines(html as Lines), place) }];
  if (values !== undefined) return [{ kind: "values", values: values as Record<string, HandedValue> }];
  const line = text ?? (plain as Lines | undefined);
  return line === undefined ? [] : [{ kind: "line", text: joinLines(line) }];
}

import * as v from "valibot";
import { parseJson } from "../../measure/parse-json.ts";
import { type FigureTrace, figureAxis, figureLayout, figurePoints, figureSource } from "./figure-schema.ts";

/** One point of a figure, with its interval where it has one. */
export interface FigureRow {
  readonly series: string;
  /** Number of the panel, from 1. */
  readonly panel: number;
  readonly x: Cell;
  readonly y: Cell;
  readonly low: number | null;
  readonly high: number | null;
}
type Cell = number | string | null;

/**
 * Lists the points that a figure draws, in the order of its series; what only explains a line or a mark has none.
 *
 * @param figure its file or its id, for errors
 */
export function figureRows(json: string, figure: string): FigureRow[] {
  const { data } = parseJson(json, figurePoints, figureSource(figure));
  return data.flatMap(({ name, xaxis, x, y, error_x, error_y }) =>
    x.flatMap((value, i) => {
      const other = y[i] ?? null;
      if (value === null || other === null) return [];
      const [center, bars] = error_y === undefined ? [value, error_x] : [other, error_y];
      return {
        series: name,
        panel: Number(xaxis.slice(1) || 1),
        x: value,
        y: other,
        ...interval(center, bars, i),
      };
    }),
  );
}

/** What a figure's axes are called, unit included; "x" or "y" where they have no name, or panels differ. */
export function axisNames(json: string, figure: string): { readonly x: string; readonly y: string } {
  const { layout } = parseJson(json, figureLayout, figureSource(figure));
  const nameOf = (side: "x" | "y") => {
    const axes = Object.entries(layout).filter(([key]) => key.startsWith(`${side}axis`));
    const names = new Set(
      axes.flatMap(([, axis]) => (v.is(figureAxis, axis) ? (axis.title?.text ?? []) : [])),
    );
    const [name] = names;
    return names.size === 1 && name !== undefined ? name : side;
  };
  return { x: nameOf("x"), y: nameOf("y") };
}

/** Spells points as comma-separated values, with a line of names (https://www.rfc-editor.org/rfc/rfc4180). */
export function figureCsv(rows: readonly FigureRow[]): string {
  const lines = rows.map(({ series, panel, x, y, low, high }) =>
    [series, panel, x, y, low, high].map(field).join(","),
  );
  return `${["series,panel,x,y,low,high", ...lines].join("\r\n")}\r\n`;
}

/** Bars are lengths from the centre; without a lower one they are symmetric. */
function interval(
  center: Cell,
  { array = [], arrayminus = array }: NonNullable<FigureTrace["error_y"]> = {},
  i: number,
) {
  const [up, down] = [array[i] ?? null, arrayminus[i] ?? null];
  const bound = (length: number | null, side: 1 | -1) =>
    typeof center !== "number" || length === null ? null : rounded(center + side * length);
  return { low: bound(down, -1), high: bound(up, 1) };
}

/** Drops the digits that subtracting lengths leaves behind. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function field(value: Cell): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

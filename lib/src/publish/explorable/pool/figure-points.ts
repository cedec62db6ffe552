import { parseJson } from "../../../measure/parse-json.ts";
import { DataError } from "../../../measure/study-error.ts";
import { type Edition, readFigure } from "../../article/edition.ts";
import { type FigureTrace, figurePanels, figureSource } from "../../article/figure-schema.ts";
import type { MeasuredPoint } from "./step-chart.ts";

/**
 * A measured point of a figure: where it stands, and its 95 % interval along the axis of its whiskers, drawn as there: an end
 * that nobody knows lies at the point.
 */
export interface FigurePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** What a figure does not show: a reader's host may not have measured it. */
class NotDrawnError extends DataError {}

/**
 * Takes from a figure of each edition what an explorable shows, the reference first. The reference has all of it; an edition
 * that did not measure it is left out.
 *
 * @throws DataError if the reference lacks it, or a figure is malformed
 */
export async function fromEditions<T>(
  editions: readonly Edition[],
  figure: string,
  take: (json: string, name: string) => T,
): Promise<T[]> {
  const taken = await Promise.all(
    editions.map(async (edition, index) => {
      if (index > 0 && !edition.exhibits.has(figure)) return [];
      const { json } = await readFigure(edition, figure);
      try {
        return [take(json, edition.source.name)];
      } catch (error) {
        if (index > 0 && error instanceof NotDrawnError) return [];
        throw error;
      }
    }),
  );
  return taken.flat();
}

/**
 * Reads measured points off the figure that shows them, so that an explorable and the figure cannot differ.
 *
 * @param figure its id, for errors
 * @param json the figure as it is stored: its panels have their names in bold above
 * @param names the series that are wanted, as its keys call them
 * @throws DataError if the figure has no such panel, or no such series in it
 */
export function figurePoints<Name extends string>(
  figure: string,
  json: string,
  panel: string,
  names: readonly Name[],
): Record<Name, FigurePoint[]> {
  const { data, layout } = parseJson(json, figurePanels, figureSource(figure));
  const titles = layout.annotations.map(({ text }) => text).filter((text) => text.startsWith("<b>"));
  const index = titles.indexOf(`<b>${panel}</b>`);
  const axis = index === 0 ? "x" : `x${index + 1}`;
  const points = names.map((name): [Name, FigurePoint[]] => {
    const trace = data.find((each) => each.name === name && each.xaxis === axis && each.x[0] !== null);
    if (index < 0 || trace === undefined) {
      throw new NotDrawnError(`${figure}: figure must have a panel of ${panel} with ${names.join(" and ")}`);
    }
    return [name, pointsOf(trace)];
  });
  return Object.fromEntries(points) as Record<Name, FigurePoint[]>;
}

/** A point of a figure that has blockers on its horizontal axis. */
export function byBlockers({ x, y, low, high }: FigurePoint): MeasuredPoint {
  return { blockers: x, value: y, low, high };
}

function pointsOf({ x: xs, y: ys, error_x, error_y }: FigureTrace): FigurePoint[] {
  const bars = error_y ?? error_x;
  return xs.flatMap((x, i) => {
    const y = ys[i];
    if (typeof x !== "number" || typeof y !== "number") return [];
    const value = error_y ? y : x;
    const [down, up] = [bars?.arrayminus?.[i] ?? 0, bars?.array?.[i] ?? 0];
    return [{ x, y, low: value - down, high: value + up }];
  });
}

import { type FigureRow, figureRows } from "./figure-rows.ts";

/** More series than these nobody follows by ear; the table below the figure has them all. */
const mostSeries = 12;

/**
 * Says in numbers what a figure shows, for who cannot see it: where each series starts and ends, and its extreme where that lies
 * between. Empty where no series has two points.
 *
 * @param figure its file or its id, for errors
 */
export function figureFinding(json: string, figure: string): string {
  const rows = figureRows(json, figure);
  const panels = new Set(rows.map(({ panel }) => panel)).size > 1;
  const series = Map.groupBy(rows, ({ panel, series }) => `${panel} ${series}`);
  const told = [...series.values()].flatMap((points) => {
    const [{ panel = 0, series: name = "" } = {}] = points;
    const course = courseOf(points);
    const place = [...(panels ? [`panel ${panel}`] : []), ...(name === "" ? [] : [name])].join(", ");
    return course === null ? [] : [place === "" ? course : `${place}: ${course}`];
  });
  if (told.length === 0) return "";
  const more = told.length > mostSeries ? ` And ${told.length - mostSeries} more series.` : "";
  return `In numbers: ${told.slice(0, mostSeries).join("; ")}.${more}`;
}

interface Point {
  readonly place: string;
  readonly value: number;
}

/** A value runs along y, or along x where y names categories. */
function courseOf(points: readonly FigureRow[]): string | null {
  const all = points.flatMap(({ x, y }): Point[] => {
    if (typeof y === "number") return [{ place: typeof x === "number" ? spoken(x) : String(x), value: y }];
    return typeof x === "number" ? [{ place: String(y), value: x }] : [];
  });
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined || all.length < 2) return null;
  const ends = `${tell(first)} to ${tell(last)}`;
  const top = all.reduce((most, point) => (point.value > most.value ? point : most));
  const bottom = all.reduce((least, point) => (point.value < least.value ? point : least));
  const between = [
    ...(isEnd(top, first, last) ? [] : [`at most ${tell(top)}`]),
    ...(isEnd(bottom, first, last) ? [] : [`at least ${tell(bottom)}`]),
  ];
  return [ends, ...between].join(", ");
}

function tell({ value, place }: Point): string {
  return `${spoken(value)} at ${place}`;
}

function isEnd({ value }: Point, first: Point, last: Point): boolean {
  return spoken(value) === spoken(first.value) || spoken(value) === spoken(last.value);
}

/** Three digits, and no zeros that only fill. */
function spoken(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumFractionDigits: 6 }).replace("-", "−");
}

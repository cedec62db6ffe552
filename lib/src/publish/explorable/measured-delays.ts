import { parseJson } from "../../measure/parse-json.ts";
import { DataError } from "../../measure/study-error.ts";
import { type FigureTrace, figurePanels, figureSource } from "../article/figure-schema.ts";

/** One measured quantile with its 95 % interval over runs (ms). */
export interface MeasuredDelay {
  readonly blockers: number;
  readonly ms: number;
  readonly lowMs: number;
  readonly highMs: number;
}
/** The measured delays of one executor. */
export interface MeasuredDelays {
  readonly p50: readonly MeasuredDelay[];
  readonly p99: readonly MeasuredDelay[];
}

/** The figure whose marks are taken, and the order of its panels. */
export const measuredFigure = "scheduling-delay-overhead";

/**
 * Reads the measured delays of an executor off the figure that shows them, so that the explorable and the figure cannot differ.
 *
 * @param json the figure as it is stored: a panel an executor, its name in bold above
 * @throws DataError if the figure has no such panel
 */
export function measuredDelays(json: string, executor: string): MeasuredDelays {
  const { data, layout } = parseJson(json, figurePanels, figureSource());
  const titles = layout.annotations.map(({ text }) => text).filter((text) => text.startsWith("<b>"));
  const panel = titles.indexOf(`<b>${executor}</b>`);
  const axis = panel === 0 ? "x" : `x${panel + 1}`;
  const traces = new Map(
    data.filter(({ xaxis }) => xaxis === axis).map((trace): [string, FigureTrace] => [trace.name, trace]),
  );
  const [p50, p99] = ["p50", "p99"].map((name) => traces.get(name));
  if (panel < 0 || p50 === undefined || p99 === undefined) {
    throw new DataError(`${measuredFigure}: figure must have a panel of ${executor} with p50 and p99`);
  }
  return { p50: marksOf(p50), p99: marksOf(p99) };
}

function marksOf({ x, y, error_y }: FigureTrace): MeasuredDelay[] {
  return x.flatMap((blockers, i) => {
    const ms = y[i];
    if (typeof blockers !== "number" || typeof ms !== "number") return [];
    const [down, up] = [error_y?.arrayminus?.[i] ?? 0, error_y?.array?.[i] ?? 0];
    return [{ blockers, ms, lowMs: ms - down, highMs: ms + up }];
  });
}

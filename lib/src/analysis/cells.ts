import type { ColumnTable } from "arquero";
import type { Dataset } from "../tables/load.ts";

export type Level = string | number | boolean;

/** The samples of one combination of factor levels, kept apart by run: runs are what is resampled. */
export interface Cell {
  readonly levels: Readonly<Record<string, Level>>;
  /** Run ids, ascending. */
  readonly runs: readonly number[];
  /** Samples of each of the runs, in the same order. */
  readonly byRun: readonly Float64Array[];
}

export interface CellQuery {
  readonly value: string;
  readonly by: readonly string[];
  /** Levels a sample must have to count; a list means any of them. */
  readonly where?: Readonly<Record<string, Level | readonly Level[]>>;
}

type Values = ArrayLike<number | string | boolean | null>;

/**
 * Splits a dataset's samples into cells, in the order in which the experiment declares its levels. Missing values
 * (null) are left out; truth values count as 0 and 1. A combination without samples has no cell.
 */
export function cells(dataset: Dataset, { value, by, where = {} }: CellQuery): Cell[] {
  const { samples } = dataset;
  const rows = matchingRows(samples, where);
  const values = valuesOf(samples, value);
  const runs = valuesOf(samples, "run");
  const keys = by.map((name) => valuesOf(samples, name));
  const found = new Map<string, { levels: Level[]; runs: Map<number, number[]> }>();
  for (const row of rows) {
    const one = values[row];
    if (one === null || one === undefined) continue;
    const levels = keys.map((key) => key[row] as Level);
    const id = levels.join("\0");
    let cell = found.get(id);
    if (cell === undefined) {
      cell = { levels, runs: new Map() };
      found.set(id, cell);
    }
    const run = runs[row] as number;
    const ofRun = cell.runs.get(run);
    if (ofRun === undefined) cell.runs.set(run, [Number(one)]);
    else ofRun.push(Number(one));
  }
  return [...found.values()].sort(byLevels(dataset, by)).map((cell) => {
    const ordered = [...cell.runs].sort(([a], [b]) => a - b);
    return {
      levels: Object.fromEntries(by.map((name, i) => [name, cell.levels[i] as Level])),
      runs: ordered.map(([run]) => run),
      byRun: ordered.map(([, ofRun]) => Float64Array.from(ofRun)),
    };
  });
}

/** Counts the samples of a cell. */
export function sampleCount({ byRun }: Cell): number {
  return byRun.reduce((sum, { length }) => sum + length, 0);
}

function matchingRows(samples: ColumnTable, where: NonNullable<CellQuery["where"]>): number[] {
  const conditions = Object.entries(where).map(([name, wanted]) => ({
    values: valuesOf(samples, name),
    wanted: new Set<unknown>(Array.isArray(wanted) ? wanted : [wanted]),
  }));
  const rows: number[] = [];
  for (let row = 0; row < samples.totalRows(); row++) {
    if (conditions.every(({ values, wanted }) => wanted.has(values[row]))) rows.push(row);
  }
  return rows;
}

function valuesOf(samples: ColumnTable, name: string): Values {
  return samples.array(name) as Values;
}

function byLevels({ manifest }: Dataset, by: readonly string[]) {
  const orders = by.map((name) => manifest.parameters.factors[name] ?? []);
  return (a: { levels: readonly Level[] }, b: { levels: readonly Level[] }): number => {
    for (const [i, order] of orders.entries()) {
      const [x, y] = [a.levels[i], b.levels[i]] as [Level, Level];
      const step = order.indexOf(x as string) - order.indexOf(y as string);
      if (step !== 0) return step;
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
}

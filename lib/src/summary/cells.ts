import type { ColumnTable } from "arquero";
import type { ExperimentDeclaration, SampleOf } from "../tables/experiment-declaration.ts";
import type { Dataset } from "../tables/load.ts";

/** The samples of one combination of factor levels, kept apart by run: runs are what is resampled. */
export interface Cell<Levels = Readonly<Record<string, Level>>> {
  readonly levels: Levels;
  /** Run ids, ascending. */
  readonly runs: readonly number[];
  /** Samples of each of the runs, in the same order. */
  readonly byRun: readonly Float64Array[];
}

export type Level = string | number | boolean | null;

/** The columns of an experiment's samples that hold numbers or truth values. */
export type NumericColumn<E extends ExperimentDeclaration> = {
  [Name in keyof SampleOf<E> & string]: number extends SampleOf<E>[Name]
    ? Name
    : boolean extends SampleOf<E>[Name]
      ? Name
      : never;
}[keyof SampleOf<E> & string];

/** Levels that samples must have to count; a list means any of them. */
export type Where<E extends ExperimentDeclaration> = {
  readonly [Name in keyof SampleOf<E>]?: SampleOf<E>[Name] | readonly SampleOf<E>[Name][];
};

export interface CellQuery<
  E extends ExperimentDeclaration = ExperimentDeclaration,
  By extends keyof SampleOf<E> = keyof SampleOf<E>,
> {
  /** A column, or what to make of each sample. */
  readonly value: NumericColumn<E> | ((sample: SampleOf<E>) => number | boolean | null);
  readonly by: readonly By[];
  readonly where?: Where<E>;
}

type Values = ArrayLike<number | string | boolean | null>;

/**
 * Splits a dataset's samples into cells, in the order in which the experiment declares its levels. Missing values
 * (null) are left out; truth values count as 0 and 1. A combination without samples has no cell.
 */
export function cells<E extends ExperimentDeclaration, By extends keyof SampleOf<E> & string>(
  dataset: Dataset<E>,
  { value, by, where }: CellQuery<E, By>,
): Cell<Pick<SampleOf<E>, By>>[] {
  const { samples } = dataset;
  const rows = matchingRows(dataset, where ?? {});
  const valueAt = typeof value === "string" ? columnValue(samples, value) : computedValue<E>(samples, value);
  const runs = valuesOf(samples, "run");
  const keys = by.map((name) => valuesOf(samples, name));
  const found = new Map<string, { levels: Level[]; runs: Map<number, number[]> }>();
  for (const row of rows) {
    const one = valueAt(row);
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
      levels: Object.fromEntries(by.map((name, i) => [name, cell.levels[i] as Level])) as Pick<
        SampleOf<E>,
        By
      >,
      runs: ordered.map(([run]) => run),
      byRun: ordered.map(([, ofRun]) => Float64Array.from(ofRun)),
    };
  });
}

function columnValue(samples: ColumnTable, name: string) {
  const values = valuesOf(samples, name);
  return (row: number) => values[row];
}

function computedValue<E extends ExperimentDeclaration>(
  samples: ColumnTable,
  compute: (sample: SampleOf<E>) => number | boolean | null,
) {
  return (row: number) => compute(samples.object(row) as SampleOf<E>);
}

/** Counts the samples of a cell. */
export function sampleCount({ byRun }: Cell<unknown>): number {
  return byRun.reduce((sum, { length }) => sum + length, 0);
}

/** What all samples of a run share is looked at once a run: tables of a million rows are asked again and again. */
function matchingRows({ samples, manifest }: Dataset, where: Readonly<Record<string, unknown>>): number[] {
  const factors = new Set(["block", "part", ...Object.keys(manifest.parameters.factors)]);
  const conditions = Object.entries(where).map(([name, wanted]) => ({
    name,
    values: valuesOf(samples, name),
    wanted: new Set<unknown>(Array.isArray(wanted) ? wanted : [wanted]),
  }));
  const ofRun = conditions.filter(({ name }) => factors.has(name));
  const ofSample = conditions.filter(({ name }) => !factors.has(name));
  const holds = (row: number) => (condition: (typeof conditions)[number]) =>
    condition.wanted.has(condition.values[row]);
  const rows: number[] = [];
  for (const rowsOfRun of rowsByRun(samples)) {
    if (!ofRun.every(holds(rowsOfRun[0] as number))) continue;
    for (const row of rowsOfRun) if (ofSample.every(holds(row))) rows.push(row);
  }
  return rows;
}

/** What was taken out of a table, which arquero copies each time it is asked. */
interface Taken {
  readonly columns: Map<string, Values>;
  rowsByRun?: readonly (readonly number[])[];
}

const taken = new WeakMap<ColumnTable, Taken>();

function takenFrom(samples: ColumnTable): Taken {
  const known = taken.get(samples) ?? { columns: new Map() };
  taken.set(samples, known);
  return known;
}

function rowsByRun(samples: ColumnTable): readonly (readonly number[])[] {
  const known = takenFrom(samples);
  if (known.rowsByRun) return known.rowsByRun;
  const groups = new Map<unknown, number[]>();
  for (const [row, run] of Array.from(valuesOf(samples, "run")).entries()) {
    const group = groups.get(run);
    if (group === undefined) groups.set(run, [row]);
    else group.push(row);
  }
  known.rowsByRun = [...groups.values()];
  return known.rowsByRun;
}

function valuesOf(samples: ColumnTable, name: string): Values {
  const { columns } = takenFrom(samples);
  const values = columns.get(name) ?? (samples.array(name) as Values);
  columns.set(name, values);
  return values;
}

function byLevels({ manifest }: Dataset, by: readonly string[]) {
  const orders = by.map((name) => manifest.parameters.factors[name] ?? []);
  return (a: { levels: readonly Level[] }, b: { levels: readonly Level[] }): number => {
    for (const [i, order] of orders.entries()) {
      const [x, y] = [a.levels[i], b.levels[i]] as [NonNullable<Level>, NonNullable<Level>];
      const step = order.indexOf(x as string) - order.indexOf(y as string);
      if (step !== 0) return step;
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
}

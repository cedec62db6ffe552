import type { ColumnTable } from "arquero";
import type { Decoded } from "../tables/decode-column.ts";
import type { ExperimentDeclaration, SampleOf } from "../tables/experiment-declaration.ts";
import type { Dataset } from "../tables/load.ts";
import { columnFrom, rowsByRun } from "./grouped-samples.ts";
import { noteRun } from "./read-runs.ts";
import { keyFrom, type Numbers, numbersFrom, splitter } from "./split-run.ts";

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

/**
 * Splits a dataset's samples into cells, in the order in which the experiment declares its levels. Missing values
 * (null) are left out; truth values count as 0 and 1. A combination without samples has no cell.
 */
export function cells<E extends ExperimentDeclaration, By extends keyof SampleOf<E> & string>(
  dataset: Dataset<E>,
  { value, by, where }: CellQuery<E, By>,
): Cell<Pick<SampleOf<E>, By>>[] {
  const { samples } = dataset;
  const conditions = conditionsOf(dataset, where ?? {});
  const values =
    typeof value === "string" ? numbersFrom(columnFrom(samples, value)) : computed<E>(samples, value);
  const keys = by.map((name) => keyFrom(columnFrom(samples, name), isOfRun(dataset, name)));
  const split = splitter(values, keys, conditions.ofSample);
  const found = new Map<string, OpenCell>();
  for (const { run, rows } of rowsByRun(samples)) {
    const first = rows instanceof Uint32Array ? (rows[0] as number) : rows.from;
    if (!conditions.ofRun.every((holds) => holds(first))) continue;
    noteRun(run);
    for (const [levels, ofRun] of split(rows)) {
      const id = levels.join("\0");
      const cell = found.get(id) ?? { levels, runs: [] };
      found.set(id, cell);
      cell.runs.push([run, ofRun]);
    }
  }
  return [...found.values()].sort(byLevels(dataset, by)).map((cell) => {
    const ordered = cell.runs.sort(([a], [b]) => a - b);
    return {
      levels: Object.fromEntries(by.map((name, i) => [name, cell.levels[i] as Level])) as Pick<
        SampleOf<E>,
        By
      >,
      runs: ordered.map(([run]) => run),
      byRun: ordered.map(([, ofRun]) => ofRun),
    };
  });
}

interface OpenCell {
  readonly levels: readonly Level[];
  readonly runs: [run: number, samples: Float64Array][];
}

/** A value of each sample that no column holds; missing is NaN, as in a column with gaps. */
function computed<E extends ExperimentDeclaration>(
  samples: ColumnTable,
  compute: (sample: SampleOf<E>) => number | boolean | null,
): Numbers {
  const values = Float64Array.from({ length: samples.numRows() }, (_, row) => {
    const value = compute(samples.object(row) as SampleOf<E>);
    return value === null ? Number.NaN : Number(value);
  });
  return { kind: "whole", values, hasGaps: true };
}

/** Counts the samples of a cell. */
export function sampleCount({ byRun }: Cell<unknown>): number {
  return byRun.reduce((sum, { length }) => sum + length, 0);
}

/** Factors are the same for all samples of a run, and looked at once a run. */
function isOfRun({ manifest }: Dataset, name: string): boolean {
  return name === "block" || name === "part" || name in manifest.parameters.factors;
}

type Holds = (row: number) => boolean;

function conditionsOf(dataset: Dataset, where: Readonly<Record<string, unknown>>) {
  const ofRun: Holds[] = [];
  const ofSample: Holds[] = [];
  for (const [name, wanted] of Object.entries(where)) {
    const levels = new Set<unknown>(Array.isArray(wanted) ? wanted : [wanted]);
    const holds = holdsIn(columnFrom(dataset.samples, name), levels);
    (isOfRun(dataset, name) ? ofRun : ofSample).push(holds);
  }
  return { ofRun, ofSample };
}

function holdsIn(column: Decoded, wanted: ReadonlySet<unknown>): Holds {
  if (column.kind !== "coded") return (row) => wanted.has(column.values[row]);
  const isWanted = Uint8Array.from(column.words, (word) => (wanted.has(word) ? 1 : 0));
  return (row) => isWanted[column.codes[row] as number] === 1;
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

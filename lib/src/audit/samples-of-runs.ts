import type { NumberArray } from "../tables/decode-column.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import { plainValues } from "../tables/read-table.ts";
import type { Columns, ColumnValues } from "../tables/schema.ts";

/** Where the samples of a run begin and end; equal for a run without any. */
export type SpanOfRun = readonly [from: number, to: number];

/**
 * Finds the samples of each run, by its row in the runs table.
 *
 * @returns null where they do not lie run by run, in the order of the runs, as a campaign writes them
 */
export function spansOfRuns(rowOfSample: NumberArray, runs: number): readonly SpanOfRun[] | null {
  const spans: SpanOfRun[] = [];
  let from = 0;
  for (let row = 0; row < runs; row++) {
    let to = from;
    while (rowOfSample[to] === row) to++;
    spans.push([from, to]);
    from = to;
  }
  return from === rowOfSample.length ? spans : null;
}

/** Reads the samples of one run after another; a column is read when it is first asked for. */
export function readerOfRuns({ samples }: Pick<ExperimentTables, "samples">): (span: SpanOfRun) => Columns {
  const whole = new Map<string, ColumnValues>();
  const valuesOf = (name: string) => {
    const values = whole.get(name) ?? plainValues(samples.column(name));
    whole.set(name, values);
    return values;
  };
  return ([from, to]) =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        Object.keys(samples.schema).map((name) => [
          name,
          { enumerable: true, get: () => valuesOf(name).slice(from, to) },
        ]),
      ),
    );
}

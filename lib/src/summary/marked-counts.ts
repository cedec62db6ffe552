import { table } from "arquero";
import type { Dataset } from "../tables/load.ts";
import { type Cell, type CellQuery, cells } from "./cells.ts";

/** The samples of one combination of levels, counted run by run. */
export interface MarkedCounts {
  readonly levels: Cell["levels"];
  /** Samples of each run that are marked, and all of them, in the same order. */
  readonly marked: readonly number[];
  readonly all: readonly number[];
}

export type SampleRow = Readonly<Record<string, number | string | boolean | null>>;

/** Counts the samples of each combination of levels that a predicate marks, and all of them. */
export function markedCounts(
  dataset: Dataset,
  query: Omit<CellQuery, "value">,
  isMarked: (row: SampleRow) => boolean,
): MarkedCounts[] {
  const rows = dataset.samples.objects() as SampleRow[];
  const marks = table({ marked: rows.map((row) => Number(isMarked(row))) });
  const samples = dataset.samples.assign(marks);
  return cells({ ...dataset, samples }, { ...query, value: "marked" }).map(({ levels, byRun }) => ({
    levels,
    marked: byRun.map((ofRun) => ofRun.reduce((sum, mark) => sum + mark, 0)),
    all: byRun.map(({ length }) => length),
  }));
}

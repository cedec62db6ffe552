import { sum } from "simple-statistics";
import type { ExperimentDeclaration, SampleOf } from "../tables/experiment-declaration.ts";
import type { Dataset } from "../tables/load.ts";
import { type CellQuery, cells } from "./cells.ts";

/** The samples of one combination of levels, counted run by run. */
export interface MarkedCounts<Levels> {
  readonly levels: Levels;
  /** Samples of each run that are marked, and all of them, in the same order. */
  readonly marked: readonly number[];
  readonly all: readonly number[];
}

/** Counts the samples of each combination of levels that a predicate marks, and all of them. */
export function markedCounts<E extends ExperimentDeclaration, By extends keyof SampleOf<E> & string>(
  dataset: Dataset<E>,
  query: Omit<CellQuery<E, By>, "value">,
  isMarked: (sample: SampleOf<E>) => boolean,
): MarkedCounts<Pick<SampleOf<E>, By>>[] {
  return cells(dataset, { ...query, value: isMarked }).map(({ levels, byRun }) => ({
    levels,
    marked: byRun.map((ofRun) => sum(Array.from(ofRun))),
    all: byRun.map(({ length }) => length),
  }));
}

import { sum } from "simple-statistics";
import type { deadlineResponse } from "../tables/deadline-response.ts";
import type {
  ExperimentDeclaration,
  Factor,
  FactorOf,
  Factors,
  SampleOf,
} from "../tables/experiment-declaration.ts";
import type { Dataset } from "../tables/load.ts";
import { type Cell, type CellQuery, cells, type NumericColumn, type Where } from "./cells.ts";
import type { RunCounts } from "./estimate.ts";

/** An experiment whose runs are rounds of requests with a deadline. */
export type DeadlineExperiment<F extends Factors = Factors> = ExperimentDeclaration<
  F,
  typeof deadlineResponse
>;

/** Requests of one combination of levels, run by run. */
export interface DeadlineCounts<Levels> {
  readonly levels: Levels;
  /** Requests of each run that timed out, and all of them. */
  readonly counts: RunCounts;
  readonly falseTimeouts: number;
}

/** Counts the requests that missed their deadline, from the tallies that every run of rounds keeps. */
export function deadlineCounts<E extends DeadlineExperiment, By extends keyof SampleOf<E> & string>(
  dataset: Dataset<E>,
  { by, where = {} }: Omit<CellQuery<E, By>, "value">,
): DeadlineCounts<Pick<SampleOf<E>, By>>[] {
  const tallies = (value: "requests" | "timedOut" | "falseTimeouts") =>
    deadlineCells(dataset, "tally", { value, by, where });
  const [timedOut, falseTimeouts] = [tallies("timedOut"), tallies("falseTimeouts")];
  return tallies("requests").map(({ levels, byRun }, i) => ({
    levels,
    counts: [totals(timedOut[i]), byRun.map(total)],
    falseTimeouts: sum(totals(falseTimeouts[i])),
  }));
}

/** Levels of a query, or those of one of its cells. */
export type DeadlineLevels<E extends DeadlineExperiment> = Where<E> | Pick<SampleOf<E>, FactorOf<E>>;

export interface DeadlineQuery<E extends DeadlineExperiment, By> {
  readonly value: NumericColumn<ExperimentDeclaration<Record<never, Factor>, typeof deadlineResponse>>;
  readonly by: readonly By[];
  readonly where: DeadlineLevels<E>;
}

/** Splits one kind of rows into cells: its columns are known of every such experiment, whatever its factors. */
export function deadlineCells<E extends DeadlineExperiment, By extends keyof SampleOf<E> & string>(
  dataset: Dataset<E>,
  kind: "tally" | "poll" | "dispatch",
  { where, ...query }: DeadlineQuery<E, By>,
): Cell<Pick<SampleOf<E>, By>>[] {
  return cells(dataset, { ...query, where: { ...where, kind } } as CellQuery<E, By>);
}

function totals(cell: Cell<unknown> | undefined): number[] {
  return (cell?.byRun ?? []).map(total);
}

function total(counts: Float64Array): number {
  return sum(Array.from(counts));
}

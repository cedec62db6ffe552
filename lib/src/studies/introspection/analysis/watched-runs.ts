import { sum } from "simple-statistics";
import type { NumericColumn } from "../../../summary/cells.ts";
import { noteRun } from "../../../summary/read-runs.ts";
import { rowsOf } from "../../../summary/rows.ts";
import type { SampleOf } from "../../../tables/experiment-declaration.ts";
import type { Dataset } from "../../../tables/load.ts";
import type { experiment } from "../experiment.ts";
import type { IntrospectionScenario } from "../run.ts";

type Declared = ReturnType<typeof experiment>;
export type IntrospectionData = Dataset<Declared>;

/** A row of the samples; null in a column that the row's kind does not have. */
export type WatchedRow = SampleOf<Declared>;

/** The rows of one run of the introspection experiment, by kind. */
export interface WatchedRun {
  readonly levels: IntrospectionScenario;
  readonly probes: readonly WatchedRow[];
  readonly blockers: readonly WatchedRow[];
  readonly workers: readonly WatchedRow[];
  readonly main: WatchedRow;
  readonly pool: WatchedRow;
}

/** Gathers the rows of each valid run that has the wanted levels, runs in ascending order. */
export function watchedRuns(dataset: IntrospectionData, where: Partial<IntrospectionScenario>): WatchedRun[] {
  const rows = rowsOf(dataset.samples.objects() as WatchedRow[], where);
  const byRun = [...Map.groupBy(rows, ({ run }) => run)].sort(([a], [b]) => a - b);
  for (const [run] of byRun) noteRun(run);
  return byRun.flatMap(([, ofRun]) => {
    const [main] = rowsOf(ofRun, { kind: "main" });
    const [pool] = rowsOf(ofRun, { kind: "pool" });
    if (main === undefined || pool === undefined) return [];
    const { executor, workers, blockers, hold, atomics } = main;
    return {
      levels: { executor, workers, blockers, hold, atomics },
      probes: rowsOf(ofRun, { kind: "probe" }),
      blockers: rowsOf(ofRun, { kind: "blocker" }),
      workers: rowsOf(ofRun, { kind: "worker" }),
      main,
      pool,
    };
  });
}

/** Adds up a column of rows that all have it. */
export function totalOf(rows: readonly WatchedRow[], column: NumericColumn<Declared>): number {
  return sum(rows.map((row) => Number(row[column])));
}

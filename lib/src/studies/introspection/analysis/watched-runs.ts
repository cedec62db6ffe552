import type { Level } from "../../../summary/cells.ts";
import type { Dataset } from "../../../tables/load.ts";

/** A column's values; null where the row's kind does not have it. */
export type WatchedRow = Readonly<Record<string, number | string | null>>;

/** The rows of one run of the introspection experiment, by kind. */
export interface WatchedRun {
  readonly levels: Readonly<Record<string, Level>>;
  readonly probes: readonly WatchedRow[];
  readonly blockers: readonly WatchedRow[];
  readonly workers: readonly WatchedRow[];
  readonly main: WatchedRow;
  readonly pool: WatchedRow;
}

/** Gathers the rows of each valid run that has the wanted levels, runs in ascending order. */
export function watchedRuns(dataset: Dataset, where: Readonly<Record<string, Level>>): WatchedRun[] {
  const rows = (dataset.samples.objects() as WatchedRow[]).filter((row) =>
    Object.entries(where).every(([name, level]) => row[name] === level),
  );
  const byRun = [...Map.groupBy(rows, (row) => Number(row["run"]))].sort(([a], [b]) => a - b);
  return byRun.flatMap(([, ofRun]) => {
    const kind = (name: string) => ofRun.filter((row) => row["kind"] === name);
    const [main] = kind("main");
    const [pool] = kind("pool");
    if (main === undefined || pool === undefined) return [];
    const { executor, workers, blockers, hold, atomics } = main as Record<string, Level>;
    return {
      levels: { executor, workers, blockers, hold, atomics } as WatchedRun["levels"],
      probes: kind("probe"),
      blockers: kind("blocker"),
      workers: kind("worker"),
      main,
      pool,
    };
  });
}

/** Reads a number; null where the row has none. */
export function numberOf(row: WatchedRow, column: string): number | null {
  const value = row[column];
  return typeof value === "number" ? value : null;
}

/** Adds up a column of rows that all have it. */
export function totalOf(rows: readonly WatchedRow[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

import { levelsOf, rowsOf } from "../summary/rows.ts";

/** One value that was published of Tokio, as in `data/published/tokio.csv`; a level that its experiment lacks is null. */
export interface PublishedRow {
  readonly experiment: string;
  readonly source: string;
  readonly run: number;
  readonly workers: number;
  readonly async_tasks: number | null;
  readonly blockers: number | null;
  readonly concurrency: number | null;
  readonly metric: "p50" | "p99" | "failure_rate" | "sched_busy_ratio";
  readonly value: number;
  readonly unit: string;
}

/**
 * Turns published Tokio values into rows shaped like our own: quantiles in ms by blockers, the middle of the published
 * runs with the least and the greatest of them as its bounds.
 */
export function tokioDelays(published: readonly PublishedRow[], tasks: number) {
  const rows = rowsOf(published, { async_tasks: tasks });
  const levels = levelsOf(rows, "blockers").filter((blockers) => blockers !== null);
  return levels.map((blockers) => {
    const own = rowsOf(rows, { blockers });
    const of = (metric: "p50" | "p99") => middle(rowsOf(own, { metric }).map(({ value }) => value / 1000));
    const [p50, p99, ratio] = [of("p50"), of("p99"), middle(runRatios(own))];
    return {
      blockers,
      p50Ms: p50.middle,
      p50LowMs: p50.least,
      p50HighMs: p50.greatest,
      p99Ms: p99.middle,
      p99LowMs: p99.least,
      p99HighMs: p99.greatest,
      ratio: ratio.middle,
      ratioLow: ratio.least,
      ratioHigh: ratio.greatest,
    };
  });
}

/** Turns published Tokio failure rates into rows: clients and share. */
export function tokioFailures(published: readonly PublishedRow[]) {
  return rowsOf(published, { metric: "failure_rate" }).flatMap(({ concurrency, value }) =>
    concurrency === null ? [] : [{ clients: concurrency, failureShare: value / 100 }],
  );
}

/** Turns published Tokio failure rates of tasks beside blockers into rows: tasks, blockers and share. */
export function tokioDeadlines(published: readonly PublishedRow[]) {
  return rowsOf(published, { metric: "failure_rate" }).flatMap(({ async_tasks, blockers, value }) =>
    async_tasks === null || blockers === null
      ? []
      : [{ tasks: async_tasks, blockers, failureShare: value / 100 }],
  );
}

function middle(values: readonly number[]) {
  const ascending = [...values].sort((a, b) => a - b);
  return {
    middle: ascending[Math.floor(ascending.length / 2)] ?? null,
    least: ascending.at(0) ?? null,
    greatest: ascending.at(-1) ?? null,
  };
}

function runRatios(rows: readonly PublishedRow[]): number[] {
  return levelsOf(rows, "run").flatMap((run) => {
    const of = (metric: "p50" | "p99") => rowsOf(rows, { run, metric }).map(({ value }) => value);
    const [[p50], [p99]] = [of("p50"), of("p99")];
    return p50 === undefined || p99 === undefined ? [] : [p99 / p50];
  });
}

import type { ColumnTable } from "arquero";
import { levelsOf, type Row, rowsOf } from "./rows.ts";

/**
 * Turns published Tokio values into rows shaped like our own: quantiles in ms by blockers, the middle of the published
 * runs with the least and the greatest of them as its bounds.
 */
export function tokioDelays(published: ColumnTable, tasks: number): Row[] {
  const rows = rowsOf(published, { async_tasks: tasks });
  return levelsOf<number>(rows, "blockers").map((blockers) => {
    const of = (metric: string) => {
      const values = rows
        .filter((row) => row["blockers"] === blockers && row["metric"] === metric)
        .map((row) => (row["value"] as number) / 1000)
        .sort((a, b) => a - b);
      return {
        [`${metric}Ms`]: values[Math.floor(values.length / 2)] ?? null,
        [`${metric}LowMs`]: values.at(0) ?? null,
        [`${metric}HighMs`]: values.at(-1) ?? null,
      };
    };
    const ratios = runRatios(rows, blockers);
    return {
      blockers,
      ...of("p50"),
      ...of("p99"),
      ratio: ratios[Math.floor(ratios.length / 2)] ?? null,
      ratioLow: ratios.at(0) ?? null,
      ratioHigh: ratios.at(-1) ?? null,
    };
  });
}

/** Turns published Tokio failure rates into rows: clients and share. */
export function tokioFailures(published: ColumnTable): Row[] {
  return rowsOf(published, { metric: "failure_rate" }).map((row) => ({
    clients: row["concurrency"] as number,
    failureShare: (row["value"] as number) / 100,
  }));
}

/** Turns published Tokio failure rates of tasks beside blockers into rows: tasks, blockers and share. */
export function tokioDeadlines(published: ColumnTable): Row[] {
  return rowsOf(published, { metric: "failure_rate" }).map((row) => ({
    tasks: row["async_tasks"] as number,
    blockers: row["blockers"] as number,
    failureShare: (row["value"] as number) / 100,
  }));
}

function runRatios(rows: readonly Row[], blockers: number): number[] {
  const at = rows.filter((row) => row["blockers"] === blockers);
  const value = (run: number, metric: string) =>
    at.find((row) => row["run"] === run && row["metric"] === metric)?.["value"] as number;
  return levelsOf<number>(at, "run")
    .map((run) => value(run, "p99") / value(run, "p50"))
    .sort((a, b) => a - b);
}

import type { Runs } from "../../../summary/estimate.ts";
import { noteRun } from "../../../summary/read-runs.ts";
import type { SampleOf } from "../../../tables/experiment-declaration.ts";
import type { Dataset } from "../../../tables/load.ts";
import type { experiment } from "../experiment.ts";

export type WatchData = Dataset<ReturnType<typeof experiment>>;
export type Sample = SampleOf<ReturnType<typeof experiment>>;

/** Gives a value of each run's samples, without those that lack it. */
export function values(rows: readonly Sample[], value: (row: Sample) => number | null): Runs {
  return byRun(rows)
    .map((ofRun) => Float64Array.from(ofRun.map(value).filter((each) => each !== null)))
    .filter(({ length }) => length > 0);
}

export function byRun(rows: readonly Sample[]): Sample[][] {
  return [...Map.groupBy(rows, ({ run }) => run).values()];
}

/** Takes the samples of runs with these sources, as far as they are wanted. */
export function samplesOf(
  { samples }: WatchData,
  sources: readonly Sample["source"][],
  isWanted: (row: Sample) => boolean = () => true,
): Sample[] {
  const rows = (samples.objects() as Sample[]).filter(({ source }) => sources.includes(source));
  for (const { run } of rows) noteRun(run);
  return rows.filter(isWanted);
}

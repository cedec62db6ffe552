import { columnOf } from "../tables/column-of.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import { plainValues } from "../tables/read-table.ts";

/** How many of a unit are a millisecond. */
const perMs: Readonly<Record<string, number>> = { ns: 1e6, µs: 1e3, ms: 1 };

/**
 * Checks that no time in a valid run's samples is longer than the run, but for what its threads spent side by side: on each core, or
 * each worker in a wait of its own. What is simulated has a time of its own.
 *
 * @returns one message a column, with the first run that has such a time
 */
export function checkDurations({ manifest, runs, samples, rowOfSample }: ExperimentTables): string[] {
  const [run, valid, wallMs] = ["run", "valid", "wallMs"].map((name) => columnOf(runs.columns, name));
  const mostMs = Array.from({ length: runs.rows }, (_, row) => {
    const atOnce = Math.max(manifest.host.cores, Number(runs.columns["workers"]?.[row] ?? 1));
    return valid?.[row] === true ? atOnce * Number(wallMs?.[row]) : Number.POSITIVE_INFINITY;
  });
  return Object.entries(samples.schema).flatMap(([name, { unit }]) => {
    const inMs = perMs[unit];
    if (inMs === undefined) return [];
    const values = plainValues(samples.column(name));
    for (let i = 0; i < values.length; i++) {
      const row = rowOfSample[i] as number;
      if (Math.abs(Number(values[i])) <= (mostMs[row] as number) * inMs) continue;
      return [`run ${run?.[row]} has ${name} ${values[i]} ${unit}, and took only ${wallMs?.[row]} ms`];
    }
    return [];
  });
}

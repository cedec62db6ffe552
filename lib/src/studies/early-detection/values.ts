import type { ColumnTable } from "arquero";
import { type Handed, numberAt } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/** Connections that a team might test with: the published worker count. */
const testConnections = 4;

/**
 * Names the numbers that the article cites: the knee of each pool size, how much earlier it comes than on the main pool,
 * and what as few connections as a test has show on each. Null where the profile did not measure a value.
 */
export function earlyDetectionValues(
  dataset: Dataset,
  { rates, knees }: { readonly rates: ColumnTable; readonly knees: ColumnTable },
): Handed {
  const { runs } = dataset.manifest;
  const main = mainWorkers(dataset);
  const values: Record<string, number | null> = {
    workers: main,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    requests: dataset.samples.numRows(),
  };
  for (const [name, workers] of [
    ["One", 1],
    ["Two", 2],
    ["Main", main],
  ] as const) {
    const of = (column: string) => numberAt(knees, { workers }, column);
    for (const bound of ["", "Low", "High"]) {
      values[`knee${name}${bound}`] = of(`knee${bound}`);
      if (workers !== main) values[`earlier${name}${bound}`] = of(`earlier${bound}`);
    }
    values[`kneePerWorker${name}`] = of("kneePerWorker");
    values[`law${name}`] = of("lawConnections");
    values[`failureAt${testConnections}${name}Share`] = numberAt(
      rates,
      { workers, connections: testConnections },
      "failureShare",
    );
  }
  return values;
}

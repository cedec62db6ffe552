import { cells, type Dataset, intervalColumns, quantileOf, type Runs } from "scheduling-safety/study";
import type { experiment } from "./experiment.ts";
import type { SlowReceiptsScenario } from "./run.ts";

export type SlowReceiptsData = Dataset<ReturnType<typeof experiment>>;
export type PriceDelay = ReturnType<typeof priceDelays>[number];

/** Tells how long prices took, by receipts × pools: median and p95 in milliseconds, with 95 % intervals over runs. */
export function priceDelays(dataset: SlowReceiptsData) {
  const measured = cells(dataset, { value: "delayNs", by: ["receipts", "pools"], where: { kind: "price" } });
  return measured.map(({ levels, byRun }) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns("p95", "Ms", quantileOf(byRun, 0.95), 1e-6),
  }));
}

/** Gives the delays of prices (ns) by run; none where the scenario was not measured. */
export function pricesWhere(dataset: SlowReceiptsData, scenario: SlowReceiptsScenario): Runs {
  const where = { ...scenario, kind: "price" };
  return cells(dataset, { value: "delayNs", by: [], where })[0]?.byRun ?? [];
}

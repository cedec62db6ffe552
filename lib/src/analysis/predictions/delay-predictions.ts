import { type ColumnTable, from } from "arquero";
import { publishedSweep } from "../../model/blocker-sweep.ts";
import { disciplines } from "../../model/disciplines.ts";
import { delayQuantile, meanDelay } from "../../model/discrete-delays.ts";
import { type ModelledExecutor, modelledExecutors } from "../../model/modelled-executors.ts";
import { simulateOverheads } from "../../model/simulate-overheads.ts";
import { quantile } from "../../stats/quantile.ts";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { meanOf, quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";

const replications = 40;

/**
 * Sets the probes' overhead beside what the simulator and the closed forms say of it: mean and 99th percentile by
 * executor × blockers, base grid, main worker count, for the executors of which there is a model.
 *
 * The models know the design and one thing that was measured: how late wake-ups are without any blocker. The row of 0
 * blockers is therefore their calibration, all others are predictions. An executor without that row has none.
 */
export function delayPredictions(dataset: Dataset): ColumnTable {
  const workers = mainWorkers(dataset);
  const measured = cells(dataset, {
    value: "overheadNs",
    by: ["executor", "blockers"],
    where: { part: "base", source: "probe", workers },
  });
  const rows = modelledExecutors.flatMap((model) => {
    const own = measured.filter(({ levels }) => levels["executor"] === model.executor);
    const control = own.find(({ levels }) => levels["blockers"] === 0);
    return control ? own.map((cell) => compare(cell, control, model, workers)) : [];
  });
  return from(rows);
}

function compare(cell: Cell, control: Cell, model: ModelledExecutor, workers: number) {
  const blockers = cell.levels["blockers"] as number;
  const lagsMs = control.byRun.flatMap((ofRun) => Array.from(ofRun, (ns) => ns * 1e-6));
  const simulated = simulateOverheads(
    { ...publishedSweep, blockers },
    workers,
    disciplines[model.discipline],
    {
      lagsMs,
      replications,
    },
  ).flatMap((run) => Array.from(run));
  const delays = model.closedForm({ ...publishedSweep, workers, blockers });
  const undelayed = 1 - delays.reduce((sum, { share }) => sum + share, 0);
  return {
    ...cell.levels,
    workers,
    runs: cell.byRun.length,
    ...intervalColumns("mean", "Ms", meanOf(cell.byRun), 1e-6),
    meanModelMs: mean(simulated),
    meanFormulaMs: meanDelay(delays) + undelayed * mean(lagsMs),
    ...intervalColumns("p99", "Ms", quantileOf(cell.byRun, 0.99), 1e-6),
    p99ModelMs: p99(simulated),
    p99FormulaMs: Math.max(delayQuantile(delays, 0.99), p99(lagsMs) ?? 0),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function p99(values: readonly number[]): number | null {
  return quantile(values, 0.99)?.estimate ?? null;
}

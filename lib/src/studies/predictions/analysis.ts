import { type ColumnTable, from } from "arquero";
import { publishedSweep } from "../../model/blocker-sweep.ts";
import { disciplines } from "../../model/disciplines.ts";
import { delayQuantile, meanDelay } from "../../model/discrete-delays.ts";
import { type ModelledExecutor, modelledExecutors } from "../../model/modelled-executors.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { type RequestDesign, simulateFailures } from "../../model/simulate-failures.ts";
import { simulateOverheads } from "../../model/simulate-overheads.ts";
import { quantile } from "../../stats/quantile.ts";
import { type Cell, cells } from "../../summary/cells.ts";
import { meanOf, quantileOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

const sweepReplications = 40;

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
      replications: sweepReplications,
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

const loadReplications = 20;
const intervalOfRate = ["failureShare", "failureLowShare", "failureHighShare"] as const;

/**
 * Sets the failure rates beside what the simulator says of them, by executor × clients, main worker count, for the
 * executors of which there is a model.
 *
 * The model knows the design and one thing that was measured: how long a sleep of 1 ms takes with the fewest clients in
 * closed loop. On the run queue, each sleep draws its own lag from those. On event loops, the lag is the loop's: its
 * timers fire together, as far apart as a sleep takes on average. `drawnShare` is what the model would say if event loops
 * drew it too: what it said before it was set beside measurements.
 *
 * @param failures what `failureRates` gives for the same dataset
 */
export function failurePredictions(
  dataset: Dataset,
  failures: ColumnTable,
  load: "closed-loop" | "open-loop" = "closed-loop",
): ColumnTable {
  const workers = mainWorkers(dataset);
  const timed = cells(dataset, {
    value: "timedNs",
    by: ["executor", "clients"],
    where: { load: "closed-loop", workers, outcome: "completed" },
  });
  const measured = (failures.objects() as Record<string, string | number | null>[]).filter(
    (row) => row["load"] === load && row["workers"] === workers,
  );
  const rows = modelledExecutors.flatMap((model) => {
    const lagsMs = sleepLags(timed.filter(({ levels }) => levels["executor"] === model.executor));
    const tickMs = model.onEventLoops && lagsMs.length > 0 ? publishedRequests.sleepMs + mean(lagsMs) : null;
    return measured
      .filter(({ executor }) => executor === model.executor)
      .map((row) => {
        const clients = row["clients"] as number;
        const loop = load === "closed-loop" ? "closed" : "open";
        const predicted = (tick: number | null) =>
          predict(model, { ...publishedRequests, clients, loop, tickMs: tick }, workers, lagsMs);
        return {
          executor: model.executor,
          workers,
          load,
          clients,
          runs: row["runs"],
          ...Object.fromEntries(intervalOfRate.map((name) => [name, row[name] ?? null])),
          modelShare: predicted(tickMs),
          drawnShare: tickMs === null ? null : predicted(null),
        };
      });
  });
  return from(rows);
}

/** How much longer than asked the sleeps of a request took on average, for each request of the fewest clients (ms). */
function sleepLags(timed: readonly Cell[]): number[] {
  const { sleeps, sleepMs } = publishedRequests;
  const fewest = [...timed].sort((a, b) => Number(a.levels["clients"]) - Number(b.levels["clients"]))[0];
  const requests = (fewest?.byRun ?? []).flatMap((ofRun) => Array.from(ofRun));
  return requests.map((timedNs) => (timedNs * 1e-6) / sleeps - sleepMs);
}

function predict(
  { discipline, onEventLoops }: ModelledExecutor,
  design: Omit<RequestDesign, "timeoutsShareWorker">,
  workers: number,
  lagsMs: readonly number[],
): number {
  const load = { ...design, timeoutsShareWorker: onEventLoops };
  return mean(
    simulateFailures(load, workers, disciplines[discipline], { lagsMs, replications: loadReplications }),
  );
}

type Row = Readonly<Record<string, string | number | null>>;

interface Comparison {
  readonly quantity: string;
  readonly model: "simulator" | "closed form" | "timers apart";
  readonly measured: readonly [estimate: string, low: string, high: string];
  readonly predicted: string;
  /** What errors are a share of. */
  readonly of: "measured" | "requests";
}

const p99Columns = ["p99Ms", "p99LowMs", "p99HighMs"] as const;
const meanColumns = ["meanMs", "meanLowMs", "meanHighMs"] as const;
const failure = ["failureShare", "failureLowShare", "failureHighShare"] as const;

const ofDelays: readonly Comparison[] = [
  { quantity: "p99", model: "simulator", measured: p99Columns, predicted: "p99ModelMs", of: "measured" },
  { quantity: "p99", model: "closed form", measured: p99Columns, predicted: "p99FormulaMs", of: "measured" },
  { quantity: "mean", model: "simulator", measured: meanColumns, predicted: "meanModelMs", of: "measured" },
  {
    quantity: "mean",
    model: "closed form",
    measured: meanColumns,
    predicted: "meanFormulaMs",
    of: "measured",
  },
];
const ofFailures: readonly Comparison[] = [
  {
    quantity: "failure rate",
    model: "simulator",
    measured: failure,
    predicted: "modelShare",
    of: "requests",
  },
  {
    quantity: "failure rate",
    model: "timers apart",
    measured: failure,
    predicted: "drawnShare",
    of: "requests",
  },
];

/**
 * Tells how far predictions lie from measurements, one row an executor × quantity × model: how many were compared, how
 * many lie within the measurement's 95 % interval, and the median and the largest error regardless of its sign. Errors
 * of delays are relative to the measured value (and the largest in ms), those of failure rates are differences of the rates. What the models
 * were calibrated with is left out: no blockers, and the fewest clients.
 *
 * @param delays what `delayPredictions` gives
 * @param failures what `failurePredictions` gives
 */
export function predictionErrors(delays: ColumnTable, failures: ColumnTable): ColumnTable {
  const predictedDelays = rowsOf(delays).filter(({ blockers }) => blockers !== 0);
  const fewest = Math.min(...rowsOf(failures).map(({ clients }) => Number(clients)));
  const predictedFailures = rowsOf(failures).filter(({ clients }) => clients !== fewest);
  const rows = [
    ...ofDelays.flatMap((comparison) => byExecutor(predictedDelays, comparison)),
    ...ofFailures.flatMap((comparison) => byExecutor(predictedFailures, comparison)),
  ];
  return from(rows);
}

function rowsOf(table: ColumnTable): Row[] {
  return table.objects() as Row[];
}

function byExecutor(rows: readonly Row[], { quantity, model, measured, predicted, of }: Comparison) {
  const [estimate, low, high] = measured;
  const executors = [...new Set(rows.map(({ executor }) => executor))];
  return executors.flatMap((executor) => {
    const compared = rows.filter(
      (row) => row["executor"] === executor && isNumber(row[estimate]) && isNumber(row[predicted]),
    );
    if (compared.length === 0) return [];
    const differences = compared.map((row) => Math.abs(Number(row[predicted]) - Number(row[estimate])));
    const errors = differences.map((difference, i) =>
      of === "measured" ? difference / Math.abs(Number(compared[i]?.[estimate])) : difference,
    );
    const inside = compared.filter((row) => {
      const [from, to] = [row[low], row[high]];
      const value = Number(row[predicted]);
      return isNumber(from) && isNumber(to) && from <= value && value <= to;
    });
    return {
      executor,
      quantity,
      model,
      compared: compared.length,
      inside: inside.length,
      medianErrorShare: quantile(errors, 0.5, { minTail: 0 })?.estimate ?? null,
      largestErrorShare: Math.max(...errors),
      largestErrorMs: of === "measured" ? Math.max(...differences) : null,
      of,
    };
  });
}

function isNumber(value: Row[string] | undefined): value is number {
  return typeof value === "number";
}

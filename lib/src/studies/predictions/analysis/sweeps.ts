import { mean } from "simple-statistics";
import { publishedSweep } from "../../../model/blocker-sweep.ts";
import { disciplines } from "../../../model/disciplines.ts";
import { delayQuantile, meanDelay } from "../../../model/discrete-delays.ts";
import { type ModelledExecutor, modelledExecutors } from "../../../model/modelled-executors.ts";
import { publishedRequests } from "../../../model/request-load.ts";
import { type RequestDesign, simulateFailures } from "../../../model/simulate-failures.ts";
import { simulateOverheads } from "../../../model/simulate-overheads.ts";
import { quantile } from "../../../stats/quantile.ts";
import { type Cell, cells } from "../../../summary/cells.ts";
import { meanOf, quantileOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { mainWorkers } from "../../../summary/main-workers.ts";
import { levelsOf, rowsOf } from "../../../summary/rows.ts";
import type { requestTimeouts } from "../../request-timeouts/index.ts";
import type { schedulingDelay } from "../../scheduling-delay/index.ts";
import { simulatedShare } from "./simulated-share.ts";

export type SchedulingDelayData = ReturnType<typeof schedulingDelay.load>;
export type RequestTimeoutsData = ReturnType<typeof requestTimeouts.load>;
type FailureRates = ReturnType<typeof requestTimeouts.rates>;

export type DelayPrediction = ReturnType<typeof delayPredictions>[number];
export type FailurePrediction = ReturnType<typeof failurePredictions>[number];
export type PredictionError = ReturnType<typeof predictionErrors>[number];

const sweepReplications = 40;

/**
 * Sets the probes' overhead beside what the simulator and the closed forms say of it: mean and 99th percentile by
 * executor × blockers, base grid, main worker count, for the executors of which there is a model.
 *
 * The models know the design and one thing that was measured: how late wake-ups are without any blocker. The row of 0
 * blockers is therefore their calibration, all others are predictions. An executor without that row has none.
 */
export function delayPredictions(dataset: SchedulingDelayData) {
  const workers = mainWorkers(dataset);
  const measured = cells(dataset, {
    value: "overheadNs",
    by: ["executor", "blockers"],
    where: { part: "base", source: "probe", workers },
  });
  return modelledExecutors.flatMap((model) => {
    const own = measured.filter(({ levels }) => levels.executor === model.executor);
    const control = own.find(({ levels }) => levels.blockers === 0);
    return control ? own.map((cell) => compare(cell, control, model, workers)) : [];
  });
}

function compare(
  cell: Cell<{ readonly blockers: number }>,
  control: Cell<unknown>,
  model: ModelledExecutor,
  workers: number,
) {
  const { blockers } = cell.levels;
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
    executor: model.executor,
    blockers,
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

function p99(values: readonly number[]): number | null {
  return quantile(values, 0.99)?.estimate ?? null;
}

const loadReplications = 100;

/**
 * Sets the failure rates beside what the simulator says of them, by executor × clients, main worker count, for the
 * executors of which there is a model.
 *
 * The model knows the design and one thing that was measured: how long a sleep of 1 ms takes with the fewest clients in
 * closed loop. On the run queue, each sleep draws its own lag from those. On event loops, the lag is the loop's: its
 * timers fire together, as far apart as a sleep takes on average. `drawnShare` is what the model would say if event loops
 * drew it too: what it said before it was set beside measurements. Each comes with the standard error of its replications.
 *
 * @param failures what `failureRates` gives for the same dataset
 */
export function failurePredictions(
  dataset: RequestTimeoutsData,
  failures: FailureRates,
  load: "closed-loop" | "open-loop" = "closed-loop",
) {
  const workers = mainWorkers(dataset);
  const timed = cells(dataset, {
    value: "timedNs",
    by: ["executor", "clients"],
    where: { load: "closed-loop", workers, outcome: "completed" },
  });
  const measured = rowsOf(failures, { load, workers });
  return modelledExecutors.flatMap((model) => {
    const { executor } = model;
    const lagsMs = sleepLags(timed.filter(({ levels }) => levels.executor === executor));
    const tickMs = model.onEventLoops && lagsMs.length > 0 ? publishedRequests.sleepMs + mean(lagsMs) : null;
    return rowsOf(measured, { executor }).map((row) => {
      const { clients, runs, failureShare, failureLowShare, failureHighShare } = row;
      const loop = load === "closed-loop" ? "closed" : "open";
      const predicted = (tick: number | null) =>
        predict(model, { ...publishedRequests, clients, loop, tickMs: tick }, workers, lagsMs);
      const drawn = tickMs === null ? null : predicted(null);
      const simulated = predicted(tickMs);
      return {
        executor,
        workers,
        load,
        clients,
        runs,
        failureShare,
        failureLowShare,
        failureHighShare,
        modelShare: simulated.share,
        modelErrorShare: simulated.standardError,
        drawnShare: drawn?.share ?? null,
        drawnErrorShare: drawn?.standardError ?? null,
      };
    });
  });
}

/** How much longer than asked the sleeps of a request took on average, for each request of the fewest clients (ms). */
function sleepLags(timed: readonly Cell<{ readonly clients: number }>[]): number[] {
  const { sleeps, sleepMs } = publishedRequests;
  const fewest = [...timed].sort((a, b) => a.levels.clients - b.levels.clients)[0];
  const requests = (fewest?.byRun ?? []).flatMap((ofRun) => Array.from(ofRun));
  return requests.map((timedNs) => (timedNs * 1e-6) / sleeps - sleepMs);
}

/** Simulates the requests of a design. */
function predict(
  { discipline, onEventLoops }: ModelledExecutor,
  design: Omit<RequestDesign, "timeoutsShareWorker">,
  workers: number,
  lagsMs: readonly number[],
) {
  const load = { ...design, timeoutsShareWorker: onEventLoops };
  const replications = loadReplications;
  return simulatedShare(simulateFailures(load, workers, disciplines[discipline], { lagsMs, replications }));
}

/** What of a row is compared: a measurement with its interval, and what a model said. */
interface Compared {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly predicted: number | null;
}

interface Comparison<R> {
  readonly quantity: "p99" | "mean" | "failure rate";
  readonly model: "simulator" | "closed form" | "timers apart";
  /** What errors are a share of. */
  readonly of: "measured" | "requests";
  readonly read: (row: R) => Compared;
}

const p99Of = (row: DelayPrediction) => ({ estimate: row.p99Ms, low: row.p99LowMs, high: row.p99HighMs });
const meanOfDelays = (row: DelayPrediction) => ({
  estimate: row.meanMs,
  low: row.meanLowMs,
  high: row.meanHighMs,
});
const rateOf = (row: FailurePrediction) => ({
  estimate: row.failureShare,
  low: row.failureLowShare,
  high: row.failureHighShare,
});

const ofDelays: readonly Comparison<DelayPrediction>[] = [
  {
    quantity: "p99",
    model: "simulator",
    of: "measured",
    read: (row) => ({ ...p99Of(row), predicted: row.p99ModelMs }),
  },
  {
    quantity: "p99",
    model: "closed form",
    of: "measured",
    read: (row) => ({ ...p99Of(row), predicted: row.p99FormulaMs }),
  },
  {
    quantity: "mean",
    model: "simulator",
    of: "measured",
    read: (row) => ({ ...meanOfDelays(row), predicted: row.meanModelMs }),
  },
  {
    quantity: "mean",
    model: "closed form",
    of: "measured",
    read: (row) => ({ ...meanOfDelays(row), predicted: row.meanFormulaMs }),
  },
];
const ofFailures: readonly Comparison<FailurePrediction>[] = [
  {
    quantity: "failure rate",
    model: "simulator",
    of: "requests",
    read: (row) => ({ ...rateOf(row), predicted: row.modelShare }),
  },
  {
    quantity: "failure rate",
    model: "timers apart",
    of: "requests",
    read: (row) => ({ ...rateOf(row), predicted: row.drawnShare }),
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
export function predictionErrors(delays: readonly DelayPrediction[], failures: readonly FailurePrediction[]) {
  const predictedDelays = delays.filter(({ blockers }) => blockers !== 0);
  const fewest = Math.min(...failures.map(({ clients }) => clients));
  const predictedFailures = failures.filter(({ clients }) => clients !== fewest);
  return [
    ...ofDelays.flatMap((comparison) => byExecutor(predictedDelays, comparison)),
    ...ofFailures.flatMap((comparison) => byExecutor(predictedFailures, comparison)),
  ];
}

function byExecutor<R extends Pick<ModelledExecutor, "executor">>(
  rows: readonly R[],
  { quantity, model, of, read }: Comparison<R>,
) {
  return levelsOf(rows, "executor").flatMap((executor) => {
    const compared = rows
      .filter((row) => row.executor === executor)
      .map(read)
      .flatMap(({ estimate, predicted, low, high }) =>
        estimate === null || predicted === null ? [] : [{ estimate, predicted, low, high }],
      );
    if (compared.length === 0) return [];
    const differences = compared.map(({ estimate, predicted }) => Math.abs(predicted - estimate));
    const errors = compared.map(({ estimate, predicted }) => {
      const difference = Math.abs(predicted - estimate);
      return of === "measured" ? difference / Math.abs(estimate) : difference;
    });
    const inside = compared.filter(
      ({ predicted, low, high }) => low !== null && high !== null && low <= predicted && predicted <= high,
    );
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

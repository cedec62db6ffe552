import { mean, standardDeviation, sum } from "simple-statistics";
import { meanInterval } from "../../../stats/mean-interval.ts";
import { normalQuantile } from "../../../stats/normal-quantile.ts";
import { type RunOutcome, runResponse } from "../../../stats/precision.ts";
import { cellOutcomes, type ReplicatedData } from "../../../summary/cell-outcomes.ts";
import { missing } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";

export type OrderEffects = ReturnType<typeof orderEffects>[number];

/** Two a half. */
const fewestRuns = 4;

/**
 * Looks for traces that the campaign itself has left, by experiment. *Drift*: the primary response in the later half of
 * a scenario's runs against the earlier half, in the mean over scenarios: a change of p99 (as a share of it) or of the
 * failure rate. *Succession*: the correlation of a run with the run made just before it, of whatever scenario, after each
 * scenario's mean is taken out. Runs are in random order within blocks, so that both are zero unless the host remembers.
 */
export function orderEffects(measurements: readonly ReplicatedData[]) {
  return measurements.map((data) => ({ experiment: data.experiment, ...orderEffectsOf(data) }));
}

/** Computes one row of `orderEffects`. */
export function orderEffectsOf(data: ReplicatedData) {
  const { rule } = data.declaration.primary;
  const cells = cellOutcomes(data)
    .map(({ runs }) =>
      runs.flatMap(({ order, outcome }) => {
        const response = outcome === null ? null : responseOf(outcome);
        return response === null ? [] : [{ order, response }];
      }),
    )
    .filter((runs) => runs.length >= fewestRuns);
  const drift = meanInterval(cells.map(driftOf));
  const back = rule === "p99" ? (log: number) => Math.exp(log) - 1 : (points: number) => points;
  return {
    primary: rule,
    scenarios: cells.length,
    runs: sum(cells.map(({ length }) => length)),
    ...intervalColumns("drift", "Share", {
      estimate: drift && back(drift.estimate),
      low: drift && back(drift.low),
      high: drift && back(drift.high),
    }),
    ...intervalColumns("succession", "", successionOf(cells)),
  };
}

interface OrderedRun {
  readonly order: number;
  readonly response: number;
}

/** A p99 counts by its logarithm; one that is not positive has none. */
function responseOf(outcome: RunOutcome): number | null {
  const response = runResponse(outcome);
  if (response === null || outcome.rule !== "p99") return response;
  return response > 0 ? Math.log(response) : null;
}

function driftOf(runs: readonly OrderedRun[]): number {
  const middle = Math.floor(runs.length / 2);
  const responses = runs.map(({ response }) => response);
  return mean(responses.slice(responses.length - middle)) - mean(responses.slice(0, middle));
}

function successionOf(cells: readonly (readonly OrderedRun[])[]) {
  const residual = new Map<number, number>();
  for (const runs of cells) {
    const responses = runs.map(({ response }) => response);
    // Of equal fractions the mean may be off by a bit, and their spread is then not zero.
    if (responses.every((response) => response === responses[0])) continue;
    const [middle, spread] = [mean(responses), standardDeviation(responses)];
    for (const { order, response } of runs) residual.set(order, (response - middle) / spread);
  }
  const pairs = [...residual].flatMap(([order, after]) => {
    const before = residual.get(order - 1);
    return before === undefined ? [] : [before * after];
  });
  if (pairs.length < 10) return missing;
  const estimate = mean(pairs);
  const reach = normalQuantile(0.975) / Math.sqrt(pairs.length - 3);
  const z = Math.atanh(Math.max(-0.999, Math.min(0.999, estimate)));
  return { estimate, low: Math.tanh(z - reach), high: Math.tanh(z + reach) };
}

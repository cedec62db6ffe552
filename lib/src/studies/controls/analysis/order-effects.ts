import { type ColumnTable, from } from "arquero";
import { meanInterval } from "../../../stats/mean-interval.ts";
import { normalQuantile } from "../../../stats/normal-quantile.ts";
import { type RunOutcome, runResponse } from "../../../stats/precision.ts";
import { cellOutcomes } from "../../../summary/cell-outcomes.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { ExperimentDeclaration } from "../../../tables/experiment-declaration.ts";
import { type Dataset, load, whyNotMeasured } from "../../../tables/load.ts";
import type { PrimaryResponse } from "../../../tables/primary-response.ts";

type Experiment = ExperimentDeclaration & { readonly primary: PrimaryResponse };

/** Two a half. */
const fewestRuns = 4;

/**
 * Looks for traces that the campaign itself has left, by experiment. *Drift*: the primary response in the later half of
 * a scenario's runs against the earlier half, in the mean over scenarios: a change of p99 (as a share of it) or of the
 * failure rate. *Succession*: the correlation of a run with the run made just before it, of whatever scenario, after each
 * scenario's mean is taken out. Runs are in random order within blocks, so that both are zero unless the host remembers.
 */
export function orderEffects(experiments: readonly Experiment[]): ColumnTable {
  const measured = experiments.filter(({ name }) => whyNotMeasured(name) === null);
  return from(
    measured.map((experiment) => ({
      experiment: experiment.name,
      ...orderEffectsOf(load(experiment), experiment.primary),
    })),
  );
}

/** Computes one row of `orderEffects`. */
export function orderEffectsOf(data: Dataset, primary: PrimaryResponse) {
  const cells = cellOutcomes(data, primary)
    .map(({ runs }) =>
      runs.flatMap(({ order, outcome }) => {
        const response = outcome === null ? null : responseOf(outcome);
        return response === null ? [] : [{ order, response }];
      }),
    )
    .filter((runs) => runs.length >= fewestRuns);
  const drift = meanInterval(cells.map(driftOf));
  const back = primary.rule === "p99" ? (log: number) => Math.exp(log) - 1 : (points: number) => points;
  return {
    primary: primary.rule,
    scenarios: cells.length,
    runs: cells.reduce((sum, runs) => sum + runs.length, 0),
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
  return mean(runs.slice(runs.length - middle)) - mean(runs.slice(0, middle));
}

function successionOf(cells: readonly (readonly OrderedRun[])[]) {
  const residual = new Map<number, number>();
  for (const runs of cells) {
    const spread = Math.sqrt(mean(runs.map(({ response }) => ({ response: (response - mean(runs)) ** 2 }))));
    if (spread === 0) continue;
    for (const { order, response } of runs) residual.set(order, (response - mean(runs)) / spread);
  }
  const pairs = [...residual].flatMap(([order, after]) => {
    const before = residual.get(order - 1);
    return before === undefined ? [] : [before * after];
  });
  if (pairs.length < 10) return { estimate: null, low: null, high: null };
  const estimate = pairs.reduce((sum, product) => sum + product, 0) / pairs.length;
  const reach = normalQuantile(0.975) / Math.sqrt(pairs.length - 3);
  const z = Math.atanh(Math.max(-0.999, Math.min(0.999, estimate)));
  return { estimate, low: Math.tanh(z - reach), high: Math.tanh(z + reach) };
}

function mean(runs: readonly { readonly response: number }[]): number {
  return runs.reduce((sum, { response }) => sum + response, 0) / runs.length;
}

import { type ColumnTable, from } from "arquero";
import type { ExperimentDeclaration } from "../tables/experiment-declaration.ts";
import { load, whyNotMeasured } from "../tables/load.ts";
import type { PrimaryResponse } from "../tables/primary-response.ts";
import { precisionByPart } from "./precision-by-part.ts";

type Experiment = ExperimentDeclaration & { readonly primary: PrimaryResponse };

/**
 * Sums up `precisionByPart` by experiment: how many scenarios are as precise as the rule asks, the precision of the worst
 * one that has an interval, the runs made of those a fixed design would have, and the time saved (min). An experiment that
 * was not measured has no row.
 */
export function closingPrecision(experiments: readonly Experiment[]): ColumnTable {
  const measured = experiments.filter(({ name }) => whyNotMeasured(name) === null);
  const rows = measured.map((experiment) => {
    const parts = precisionByPart(load(experiment), experiment).objects() as Record<string, number>[];
    const total = (name: string) => parts.reduce((sum, part) => sum + (part[name] as number), 0);
    return {
      experiment: experiment.name,
      primary: experiment.primary.rule,
      scenarios: total("scenarios"),
      precise: total("precise"),
      runs: total("runs"),
      fixedRuns: total("fixedRuns"),
      savedShare: 1 - total("runs") / total("fixedRuns"),
      savedMin: Number((total("savedS") / 60).toFixed(1)),
    };
  });
  return from(rows);
}

import { type ColumnTable, from } from "arquero";
import { quantile } from "../../stats/quantile.ts";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { type Estimate, factorOf, geometricFactorOf, quantileOf, type Runs } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";
import { type ProbesBeside, probesBesideCallers } from "./probes-beside-callers.ts";

/**
 * The quantile of the probes' overhead that is compared: the calls of some sources last a second, and their runs hold too
 * few probes for one further out.
 */
export const feltQuantile = 0.75;

/**
 * Describes what the probes felt beside each source: median and p75 of their overhead with no, W − 1 and W callers (`none`,
 * `below`, `full`), by which factor
 * p75 grew with the callers up to W − 1 and with the last one, and p75 as a share of the source's mean hold.
 */
export function sourceProbes(dataset: Dataset): ColumnTable {
  const workers = mainWorkers(dataset);
  const probesBeside = probesBesideCallers(dataset);
  const found = cells(dataset, {
    value: "heldNs",
    by: ["source", "family", "expected"],
    where: { kind: "call" },
  });
  return from(
    found.map(({ levels }) => {
      const source = String(levels["source"]);
      const at = (callers: number) => probesBeside(source, callers);
      return {
        ...levels,
        ...quantiles("none", at(0)),
        ...quantiles("below", at(workers - 1)),
        ...quantiles("full", at(workers)),
        ...intervalColumns("belowFactor", "", factorOf(at(workers - 1), at(0), feltQuantile)),
        ...intervalColumns("factor", "", factorOf(at(workers), at(workers - 1), feltQuantile)),
        ...intervalColumns("felt", "Share", feltShare(dataset, probesBeside, source)),
      };
    }),
  );
}

/** Estimates the probes' p75 with every worker held, as a share of the mean hold in the same run. */
function feltShare(dataset: Dataset, probesBeside: ProbesBeside, source: string): Estimate {
  const callers = mainWorkers(dataset);
  const held = cells(dataset, { value: "heldNs", by: [], where: { kind: "call", source, callers } })[0];
  const felt = probesBeside(source, callers).flatMap((ofRun) => {
    const found = quantile(ofRun, feltQuantile, { minTail: 1 });
    return found === null ? [] : [Float64Array.of(found.estimate)];
  });
  return geometricFactorOf(felt, held?.byRun ?? []);
}

function quantiles<Name extends string>(name: Name, runs: Runs) {
  return {
    ...intervalColumns(`${name}P50`, "Ms", quantileOf(runs, 0.5), 1e-6),
    ...intervalColumns(`${name}P75`, "Ms", quantileOf(runs, feltQuantile), 1e-6),
  };
}

import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";
import { goodputRatio, serviceRuns } from "./analysis.ts";

/** The tables that the http-service notebook has made. */
export interface ServiceSummaries {
  readonly rates: ColumnTable;
  readonly recovery: ColumnTable;
  readonly lateness: ColumnTable;
}

const treatments = ["as-is", "offloaded", "abort-queued", "skip-expired"] as const;
const knee = 15;
const most = 50;

/**
 * Names the numbers that the article cites: failure rates, goodput and dead work by treatment and connections, the factors
 * between treatments, and how a burst ends. Null where the profile did not measure a value.
 */
export function httpServiceValues(dataset: Dataset, { rates, recovery, lateness }: ServiceSummaries): Handed {
  const { runs } = dataset.manifest;
  const closed = (treatment: string, connections: number) => ({
    load: "closed-loop",
    treatment,
    connections,
  });
  const values: Record<string, number | null> = {
    workers: mainWorkers(dataset),
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    requests: dataset.samples.numRows(),
    [`blockingFailureAsIsAt${knee}Share`]: numberAt(rates, closed("as-is", knee), "blockingFailureShare"),
    falseTimeouts: total(rates, "falseTimeouts"),
    latenessP99Ms: highest(lateness, "p99Ms"),
  };
  for (const connections of [8, knee, 30, most]) {
    values[`failureAsIsAt${connections}Share`] = numberAt(
      rates,
      closed("as-is", connections),
      "failureShare",
    );
  }
  for (const treatment of treatments) {
    const name = pascal(treatment);
    for (const column of ["plainFailure", "blockingFailure", "deadWork"]) {
      values[`${column}${name}At${most}Share`] = numberAt(rates, closed(treatment, most), `${column}Share`);
    }
    values[`goodput${name}At${most}`] = numberAt(rates, closed(treatment, most), "goodput");
  }
  for (const treatment of ["as-is", "abort-queued", "skip-expired"]) {
    for (const bound of ["", "Low", "High"]) {
      const name = `plainFailure${pascal(treatment)}At${knee}${bound}Share`;
      values[name] = numberAt(rates, closed(treatment, knee), `plainFailure${bound}Share`);
    }
  }
  for (const connections of [5, 6, 7, 10]) {
    const where = { load: "fixed-rate", treatment: "as-is", connections };
    values[`failureFixedRateAt${connections}Share`] = numberAt(rates, where, "failureShare");
  }
  for (const [name, treatment, control] of [
    ["abortGain", "abort-queued", "as-is"],
    ["skipOverAbort", "skip-expired", "abort-queued"],
  ] as const) {
    const runsOf = (one: string) => serviceRuns(dataset, ["treatment"], closed(one, most))[0]?.runs ?? [];
    const { estimate, low, high } = goodputRatio(runsOf(treatment), runsOf(control));
    Object.assign(values, { [name]: estimate, [`${name}Low`]: low, [`${name}High`]: high });
  }
  for (const treatment of ["as-is", "abort-queued"]) {
    for (const retries of [0, 2]) {
      const name = `${pascal(treatment)}${retries === 0 ? "NoRetries" : "Retries"}`;
      const of = (column: string) => numberAt(recovery, { treatment, retries }, column);
      values[`burstRuns${name}`] = of("runs");
      values[`recoveredRuns${name}`] = of("recoveredRuns");
      values[`recovery${name}Ms`] = of("recoveryMs");
      values[`lastSecond${name}Share`] = of("lastSecondShare");
    }
  }
  return values;
}

function total(table: ColumnTable, column: string): number {
  return numbers(table, column).reduce((sum, value) => sum + value, 0);
}

function highest(table: ColumnTable, column: string): number | null {
  const values = numbers(table, column);
  return values.length === 0 ? null : Math.max(...values);
}

function numbers(table: ColumnTable, column: string): number[] {
  return (table.objects() as Record<string, unknown>[])
    .map((row) => row[column])
    .filter((value) => typeof value === "number");
}

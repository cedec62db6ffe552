import { sum } from "simple-statistics";
import { type Cell, cells, type NumericColumn } from "../../summary/cells.ts";
import { type Estimate, factorOf, meanOf, missing, quantileOf, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { markedCounts } from "../../summary/marked-counts.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type Declared = ReturnType<typeof experiment>;
export type MechanismData = Dataset<Declared>;
export type MechanismSample = SampleOf<Declared>;

export type ChannelDepth = ReturnType<typeof channelDepths>[number];
export type DatabaseHealth = ReturnType<typeof databaseHealth>[number];
export type MechanismFailure = ReturnType<typeof mechanismFailures>[number];

const binMs = 50;

/**
 * Describes how full the channel was over time, by placement × blockers: the mean depth that events met when they were
 * sent or given up, in bins of 50 ms of that moment, with intervals over runs.
 */
export function channelDepths(dataset: MechanismData) {
  const events = { by: ["placement", "blockers"], where: { mechanism: "bounded-channel" } } as const;
  const depths = cells(dataset, { ...events, value: "depth" });
  return cells(dataset, { ...events, value: binOf }).flatMap(({ levels, byRun }, i) => {
    const binsMs = new Set(byRun.flatMap((ofRun) => Array.from(ofRun)));
    return [...binsMs]
      .sort((a, b) => a - b)
      .map((atMs) => {
        const met = (depths[i] as Cell).byRun
          .map((ofRun, run) => ofRun.filter((_, event) => byRun[run]?.[event] === atMs))
          .filter(({ length }) => length > 0);
        return { ...levels, atMs, runs: met.length, ...intervalColumns("depth", "", meanOf(met)) };
      });
  });
}

/** The middle of the bin in which an event was sent or given up (ms). */
function binOf({ intendedNs, waitNs, depth }: MechanismSample): number | null {
  if (depth === null) return null;
  return (Math.floor((intendedNs + Number(waitNs)) / (binMs * 1e6)) + 0.5) * binMs;
}

/** Operations arrive for 600 ms: 120 of them, 5 ms apart on average. */
const arrivalsMs = 600;

/** Keeps the rows from the time in which operations arrive, not from before the first or while the last ones end. */
export function duringArrivals(dataset: MechanismData): MechanismData {
  const times = dataset.samples.array("intendedNs") as ArrayLike<number>;
  const rows = Array.from(times).flatMap((ns, row) => (ns >= 0 && ns < arrivalsMs * 1e6 ? [row] : []));
  return { ...dataset, samples: dataset.samples.reify(rows) };
}

/**
 * Describes the database beside its clients while operations arrive, by placement × blockers: the median of a query on a
 * connection of its own, and how many of the service's connections, on average, ran a query or sat idle in a transaction,
 * and how many operations waited for one.
 */
export function databaseHealth(dataset: MechanismData) {
  const arriving = duringArrivals(dataset);
  const checks = {
    by: ["placement", "blockers"],
    where: { mechanism: "connection-pool", kind: "check" },
  } as const;
  const queries = cells(arriving, { ...checks, value: "latencyNs" });
  const meansOf = (value: NumericColumn<Declared>) =>
    cells(arriving, { ...checks, value }).map(({ byRun }) => meanOf(byRun));
  const [active, idle, waiting] = [meansOf("active"), meansOf("idleInTransaction"), meansOf("waiting")];
  return queries.map(({ levels, byRun }, i) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("query", "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns("active", "", active[i] ?? missing),
    ...intervalColumns("idleInTransaction", "", idle[i] ?? missing),
    ...intervalColumns("waiting", "", waiting[i] ?? missing),
  }));
}

/**
 * Lists the errors that operations ended with, by mechanism: message, innermost frame, and how many carried both, most
 * frequent first within a mechanism.
 */
export function errorTexts(dataset: MechanismData) {
  const samples = dataset.samples.objects() as MechanismSample[];
  const errors = samples.flatMap(({ mechanism, message, stack }) =>
    message === null ? [] : [{ mechanism, message, frame: String(stack).split("\n")[0] ?? "" }],
  );
  const order: readonly unknown[] = dataset.manifest.parameters.factors["mechanism"] ?? [];
  const texts = [...Map.groupBy(errors, (error) => JSON.stringify(error)).values()].map((same) => ({
    ...(same[0] as (typeof errors)[number]),
    failures: same.length,
  }));
  return texts.sort(
    (a, b) => order.indexOf(a.mechanism) - order.indexOf(b.mechanism) || b.failures - a.failures,
  );
}

const by = ["mechanism", "placement", "blockers"] as const;
const operations = { by, where: { kind: "operation" } } as const;
const isFailed = ({ outcome }: MechanismSample) => outcome !== "completed";

/**
 * Describes the operations by mechanism × placement × blockers: the share that did not complete, the median
 * time from intended start to end or error, the false time-outs, and the mean wait for what the mechanism is about, the
 * mean hold and the mean wait for workers, with intervals over runs.
 */
export function mechanismFailures(dataset: MechanismData) {
  const falseTimeouts = markedCounts(dataset, operations, ({ falseTimeout }) => falseTimeout === true);
  const cellsOf = (value: NumericColumn<Declared>) => cells(dataset, { ...operations, value });
  const [waits, holds, workerWaits] = [cellsOf("waitNs"), cellsOf("heldNs"), cellsOf("workerWaitNs")];
  const latencies = cellsOf("latencyNs");
  return markedCounts(dataset, operations, isFailed).map(({ levels, marked, all }) => ({
    ...levels,
    runs: all.length,
    operations: sum(all),
    failures: sum(marked),
    ...intervalColumns("failure", "Share", shareOf(marked, all)),
    ...intervalColumns("p50", "Ms", quantileOf(at(latencies, levels)?.byRun ?? [], 0.5), 1e-6),
    falseTimeouts: sum(at(falseTimeouts, levels)?.marked ?? []),
    ...intervalColumns("wait", "Ms", meanOf(at(waits, levels)?.byRun ?? []), 1e-6),
    ...intervalColumns("held", "Ms", meanOf(at(holds, levels)?.byRun ?? []), 1e-6),
    ...intervalColumns("workerWait", "Ms", meanOf(at(workerWaits, levels)?.byRun ?? []), 1e-6),
  }));
}

type Levels = Pick<MechanismSample, (typeof by)[number]>;

function at<T extends { readonly levels: Levels }>(found: readonly T[], levels: Levels): T | undefined {
  return found.find((one) => by.every((name) => one.levels[name] === levels[name]));
}

/** Estimates the failure rate of one mechanism; missing where it was not measured. */
export function mechanismFailure(dataset: MechanismData, levels: Levels): Estimate {
  const query = { by: [], where: { ...operations.where, ...levels } };
  const [counts] = markedCounts(dataset, query, isFailed);
  return shareOf(counts?.marked ?? [], counts?.all ?? []);
}

/** Estimates by which factor the database's own query is slower when as many blockers share the operations' pool. */
export function querySlowdown(dataset: MechanismData, blockers: number): Estimate {
  const arriving = duringArrivals(dataset);
  const queries = (placement: MechanismSample["placement"]) => {
    const where = { mechanism: "connection-pool", kind: "check", placement, blockers } as const;
    return cells(arriving, { value: "latencyNs", by: [], where })[0]?.byRun ?? [];
  };
  return factorOf(queries("shared"), queries("isolated"), 0.5);
}

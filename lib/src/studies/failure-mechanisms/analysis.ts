import { type ColumnTable, from, table } from "arquero";
import { type Cell, cells } from "../../summary/cells.ts";
import { type Estimate, factorOf, meanOf, missing, quantileOf, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { type MarkedCounts, markedCounts, type SampleRow } from "../../summary/marked-counts.ts";
import type { Dataset } from "../../tables/load.ts";

const binMs = 50;

/**
 * Describes how full the channel was over time, by placement × blockers: the mean depth that events met when they were
 * sent or given up, in bins of 50 ms of that moment, with intervals over runs.
 */
export function channelDepths(dataset: Dataset): ColumnTable {
  const rows = dataset.samples.objects() as SampleRow[];
  const atMs = rows.map(({ intendedNs, waitNs }) => {
    const bin = Math.floor((Number(intendedNs) + Number(waitNs)) / (binMs * 1e6));
    return (bin + 0.5) * binMs;
  });
  const samples = dataset.samples.assign(table({ atMs }));
  const found = cells(
    { ...dataset, samples },
    { by: ["placement", "blockers", "atMs"], where: { mechanism: "bounded-channel" }, value: "depth" },
  );
  return from(
    found.map(({ levels, byRun }) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("depth", "", meanOf(byRun)),
    })),
  );
}

/** Operations arrive for 600 ms: 120 of them, 5 ms apart on average. */
const arrivalsMs = 600;

/** Keeps the rows from the time in which operations arrive, not from before the first or while the last ones end. */
export function duringArrivals(dataset: Dataset): Dataset {
  const times = dataset.samples.array("intendedNs") as ArrayLike<number>;
  const rows = Array.from(times).flatMap((ns, row) => (ns >= 0 && ns < arrivalsMs * 1e6 ? [row] : []));
  return { ...dataset, samples: dataset.samples.reify(rows) };
}

const byPlacement = ["placement", "blockers"] as const;
const where = { mechanism: "connection-pool", kind: "check" } as const;

/**
 * Describes the database beside its clients while operations arrive, by placement × blockers: the median of a query on a
 * connection of its own, and how many of the service's connections, on average, ran a query or sat idle in a transaction,
 * and how many operations waited for one.
 */
export function databaseHealth(dataset: Dataset): ColumnTable {
  const arriving = duringArrivals(dataset);
  const queries = cells(arriving, { by: byPlacement, where, value: "latencyNs" });
  const meansOf = (value: string) =>
    cells(arriving, { by: byPlacement, where, value }).map(({ byRun }) => meanOf(byRun));
  const [active, idle, waiting] = [meansOf("active"), meansOf("idleInTransaction"), meansOf("waiting")];
  return from(
    queries.map(({ levels, byRun }, i) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("query", "Ms", quantileOf(byRun, 0.5), 1e-6),
      ...intervalColumns("active", "", active[i] ?? missing),
      ...intervalColumns("idleInTransaction", "", idle[i] ?? missing),
      ...intervalColumns("waiting", "", waiting[i] ?? missing),
    })),
  );
}

/**
 * Lists the errors that operations ended with, by mechanism: message, innermost frame, and how many carried both, most
 * frequent first within a mechanism.
 */
export function errorTexts(dataset: Dataset): ColumnTable {
  const rows = (dataset.samples.objects() as SampleRow[]).filter(({ message }) => message !== null);
  const groups = Map.groupBy(rows, ({ mechanism, message, stack }) =>
    JSON.stringify([mechanism, message, String(stack).split("\n")[0]]),
  );
  const order = dataset.manifest.parameters.factors["mechanism"] ?? [];
  const texts = [...groups].map(([key, { length }]) => {
    const [mechanism, message, frame] = JSON.parse(key) as [string, string, string];
    return { mechanism, message, frame, failures: length };
  });
  const place = (mechanism: string) => order.indexOf(mechanism);
  return from(texts.sort((a, b) => place(a.mechanism) - place(b.mechanism) || b.failures - a.failures));
}

const by = ["mechanism", "placement", "blockers"] as const;
const operations = { by, where: { kind: "operation" } };

/**
 * Describes the operations by mechanism × placement × blockers: the share that did not complete, the median
 * time from intended start to end or error, the false time-outs, and the mean wait for what the mechanism is about, the
 * mean hold and the mean wait for workers, with intervals over runs.
 */
export function mechanismFailures(dataset: Dataset): ColumnTable {
  const failed = markedCounts(dataset, operations, ({ outcome }) => outcome !== "completed");
  const falseTimeouts = markedCounts(dataset, operations, ({ falseTimeout }) => falseTimeout === true);
  const cellsOf = (value: string) => cells(dataset, { ...operations, value });
  const [waits, holds, workerWaits] = [cellsOf("waitNs"), cellsOf("heldNs"), cellsOf("workerWaitNs")];
  const latencies = cellsOf("latencyNs");
  return from(
    failed.map((counts) => ({
      ...counts.levels,
      runs: counts.all.length,
      operations: total(counts.all),
      failures: total(counts.marked),
      ...intervalColumns("failure", "Share", shareOf(counts.marked, counts.all)),
      ...intervalColumns("p50", "Ms", quantileOf(at(latencies, counts)?.byRun ?? [], 0.5), 1e-6),
      falseTimeouts: total(at(falseTimeouts, counts)?.marked ?? []),
      ...intervalColumns("wait", "Ms", mean(at(waits, counts)), 1e-6),
      ...intervalColumns("held", "Ms", mean(at(holds, counts)), 1e-6),
      ...intervalColumns("workerWait", "Ms", mean(at(workerWaits, counts)), 1e-6),
    })),
  );
}

/** Estimates the failure rate of one mechanism; missing where it was not measured. */
export function mechanismFailure(
  dataset: Dataset,
  where: { readonly mechanism: string; readonly placement: string; readonly blockers: number },
): Estimate {
  const query = { by: [], where: { ...operations.where, ...where } };
  const [counts] = markedCounts(dataset, query, ({ outcome }) => outcome !== "completed");
  return shareOf(counts?.marked ?? [], counts?.all ?? []);
}

function at<T extends Pick<MarkedCounts, "levels">>(found: readonly T[], { levels }: MarkedCounts) {
  return found.find((one) => by.every((name) => one.levels[name] === levels[name]));
}

function mean(cell: Cell | undefined): Estimate {
  return meanOf(cell?.byRun ?? []);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Estimates by which factor the database's own query is slower when as many blockers share the operations' pool. */
export function querySlowdown(dataset: Dataset, blockers: number): Estimate {
  const arriving = duringArrivals(dataset);
  const queries = (placement: string) => {
    const where = { mechanism: "connection-pool", kind: "check", placement, blockers };
    return cells(arriving, { value: "latencyNs", by: [], where })[0]?.byRun ?? [];
  };
  return factorOf(queries("shared"), queries("isolated"), 0.5);
}

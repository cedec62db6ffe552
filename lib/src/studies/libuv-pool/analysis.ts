import { outOfStepDelay } from "../../model/out-of-step-delay.ts";
import { cells } from "../../summary/cells.ts";
import { quantileOf, type Runs } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment, LibuvPoolScenario } from "./experiment.ts";

export type LibuvData = Dataset<ReturnType<typeof experiment>>;

export type LibuvWait = ReturnType<typeof libuvWaits>[number];

const operations = ["fs.stat", "dns.lookup", "crypto.randomBytes"] as const;

/** One corner of the blocker sweep on libuv's pool. */
export interface LibuvCorner extends LibuvPoolScenario {
  readonly operation: (typeof operations)[number];
}

/** Gives the waits (ns) of one operation at one corner, by run; none where it was not measured. */
export function operationWaits(dataset: LibuvData, corner: LibuvCorner): Runs {
  return cells(dataset, { value: "waitNs", by: [], where: corner })[0]?.byRun ?? [];
}

/** How long one blocking call holds a thread: fixed by the design. */
const blockMs = 50;

/**
 * Tells what the closed form says of a wait on libuv's pool (ms): (K − W + 1)·B / W for W threads. Of slow lookups libuv
 * runs ⌈W / 2⌉ at once: lookups find a pool of that size, everything else finds threads free.
 *
 * @see https://docs.libuv.org/en/stable/threadpool.html
 */
export function waitLaw({ threads, blocking, blockers, operation }: LibuvCorner): number {
  const law = (workers: number) => outOfStepDelay({ workers, blockers, blockMs });
  if (blocking === "foreign-call") return law(threads);
  return operation === "dns.lookup" ? law(Math.ceil(threads / 2)) : 0;
}

/**
 * Describes how long operations of libuv's pool took, by threads × blocking × blockers × operation: median and 99th
 * percentile with 95 % intervals over runs, what the closed form says, and by which share of it the median is off (null
 * where the closed form says zero).
 */
export function libuvWaits(dataset: LibuvData) {
  const by = ["blocking", "threads", "blockers", "operation"] as const;
  return cells(dataset, { value: "waitNs", by }).flatMap(({ levels, byRun }) =>
    operations
      .filter((operation) => operation === levels.operation)
      .map((operation) => describe({ ...levels, operation }, byRun)),
  );
}

function describe(corner: LibuvCorner, byRun: Runs) {
  const p50 = quantileOf(byRun, 0.5);
  const lawMs = waitLaw(corner);
  const relative = (ns: number | null) => (ns === null || lawMs === 0 ? null : (ns * 1e-6) / lawMs - 1);
  const error = { estimate: relative(p50.estimate), low: relative(p50.low), high: relative(p50.high) };
  return {
    ...corner,
    runs: byRun.length,
    ...intervalColumns("p50", "Ms", p50, 1e-6),
    ...intervalColumns("p99", "Ms", quantileOf(byRun, 0.99), 1e-6),
    lawMs,
    ...intervalColumns("error", "Share", error),
  };
}

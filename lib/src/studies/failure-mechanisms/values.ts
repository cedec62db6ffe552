import { sum } from "simple-statistics";
import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { rowsOf, valueAt } from "../../summary/rows.ts";
import {
  type ChannelDepth,
  type DatabaseHealth,
  type MechanismData,
  type MechanismFailure,
  querySlowdown,
} from "./analysis.ts";

/** The tables that the notebook on the failure mechanisms has made. */
export interface MechanismSummaries {
  readonly failures: readonly MechanismFailure[];
  readonly health: readonly DatabaseHealth[];
  readonly depths: readonly ChannelDepth[];
}

type Setting = Pick<MechanismFailure, "placement" | "blockers">;

/** The time from which on the depth of the channel counts as settled. */
const settledMs = 425;

/**
 * Names the numbers that the article cites. `Healthy` is without blockers, `Below`, `At` and `Above` are one blocker less
 * than workers, as many, and two more on the shared pool, `Offloaded` as many as above on a pool of their own. Null where
 * the profile did not measure a value.
 */
export function mechanismValues(
  dataset: MechanismData,
  { failures, health, depths }: MechanismSummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const healthy: Setting = { placement: "none", blockers: 0 };
  const below: Setting = { placement: "shared", blockers: workers - 1 };
  const at: Setting = { placement: "shared", blockers: workers };
  const above: Setting = { placement: "shared", blockers: workers + 2 };
  const offloaded: Setting = { placement: "isolated", blockers: workers + 2 };
  const operation = (
    setting: Setting,
    mechanism: MechanismFailure["mechanism"],
    column: keyof MechanismFailure,
  ) => valueAt(failures, { ...setting, mechanism }, column);
  const database = (setting: Setting, column: keyof DatabaseHealth) => valueAt(health, setting, column);
  const depth = (setting: Setting) => valueAt(depths, { ...setting, atMs: settledMs }, "depth");
  const timeOuts = rowsOf(failures, { mechanism: "time-out" });
  const slowdown = querySlowdown(dataset, workers + 2);
  return {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    operations: sum(failures.map(({ operations }) => operations)),
    falseTimeouts: sum(failures.map((row) => row.falseTimeouts)),
    timeOutFailures: sum(timeOuts.map((row) => row.failures)),
    failureTimeOutHealthyShare: operation(healthy, "time-out", "failureShare"),
    failureBoundedChannelHealthyShare: operation(healthy, "bounded-channel", "failureShare"),
    failureConnectionPoolHealthyShare: operation(healthy, "connection-pool", "failureShare"),
    failureMutexHealthyShare: operation(healthy, "mutex", "failureShare"),
    sendWaitHealthyMs: operation(healthy, "bounded-channel", "waitMs"),
    depthHealthy: depth(healthy),
    acquireWaitHealthyMs: operation(healthy, "connection-pool", "waitMs"),
    connectionHoldHealthyMs: operation(healthy, "connection-pool", "heldMs"),
    queryHealthyMs: database(healthy, "queryMs"),
    idleHealthy: database(healthy, "idleInTransaction"),
    lockWaitHealthyMs: operation(healthy, "mutex", "waitMs"),
    lockHoldHealthyMs: operation(healthy, "mutex", "heldMs"),
    failureTimeOutBelowShare: operation(below, "time-out", "failureShare"),
    failureBoundedChannelBelowShare: operation(below, "bounded-channel", "failureShare"),
    failureConnectionPoolBelowShare: operation(below, "connection-pool", "failureShare"),
    failureMutexBelowShare: operation(below, "mutex", "failureShare"),
    sendWaitBelowMs: operation(below, "bounded-channel", "waitMs"),
    depthBelow: depth(below),
    acquireWaitBelowMs: operation(below, "connection-pool", "waitMs"),
    connectionHoldBelowMs: operation(below, "connection-pool", "heldMs"),
    queryBelowMs: database(below, "queryMs"),
    idleBelow: database(below, "idleInTransaction"),
    lockWaitBelowMs: operation(below, "mutex", "waitMs"),
    lockHoldBelowMs: operation(below, "mutex", "heldMs"),
    failureTimeOutAtShare: operation(at, "time-out", "failureShare"),
    failureBoundedChannelAtShare: operation(at, "bounded-channel", "failureShare"),
    failureConnectionPoolAtShare: operation(at, "connection-pool", "failureShare"),
    failureMutexAtShare: operation(at, "mutex", "failureShare"),
    sendWaitAtMs: operation(at, "bounded-channel", "waitMs"),
    depthAt: depth(at),
    acquireWaitAtMs: operation(at, "connection-pool", "waitMs"),
    connectionHoldAtMs: operation(at, "connection-pool", "heldMs"),
    queryAtMs: database(at, "queryMs"),
    idleAt: database(at, "idleInTransaction"),
    lockWaitAtMs: operation(at, "mutex", "waitMs"),
    lockHoldAtMs: operation(at, "mutex", "heldMs"),
    failureTimeOutAboveShare: operation(above, "time-out", "failureShare"),
    failureBoundedChannelAboveShare: operation(above, "bounded-channel", "failureShare"),
    failureConnectionPoolAboveShare: operation(above, "connection-pool", "failureShare"),
    failureMutexAboveShare: operation(above, "mutex", "failureShare"),
    sendWaitAboveMs: operation(above, "bounded-channel", "waitMs"),
    depthAbove: depth(above),
    acquireWaitAboveMs: operation(above, "connection-pool", "waitMs"),
    connectionHoldAboveMs: operation(above, "connection-pool", "heldMs"),
    queryAboveMs: database(above, "queryMs"),
    idleAbove: database(above, "idleInTransaction"),
    lockWaitAboveMs: operation(above, "mutex", "waitMs"),
    lockHoldAboveMs: operation(above, "mutex", "heldMs"),
    failureTimeOutOffloadedShare: operation(offloaded, "time-out", "failureShare"),
    failureBoundedChannelOffloadedShare: operation(offloaded, "bounded-channel", "failureShare"),
    failureConnectionPoolOffloadedShare: operation(offloaded, "connection-pool", "failureShare"),
    failureMutexOffloadedShare: operation(offloaded, "mutex", "failureShare"),
    sendWaitOffloadedMs: operation(offloaded, "bounded-channel", "waitMs"),
    depthOffloaded: depth(offloaded),
    acquireWaitOffloadedMs: operation(offloaded, "connection-pool", "waitMs"),
    connectionHoldOffloadedMs: operation(offloaded, "connection-pool", "heldMs"),
    queryOffloadedMs: database(offloaded, "queryMs"),
    idleOffloaded: database(offloaded, "idleInTransaction"),
    lockWaitOffloadedMs: operation(offloaded, "mutex", "waitMs"),
    lockHoldOffloadedMs: operation(offloaded, "mutex", "heldMs"),
    querySlowdown: slowdown.estimate,
    querySlowdownLow: slowdown.low,
    querySlowdownHigh: slowdown.high,
    p50TimeOutHealthyMs: operation(healthy, "time-out", "p50Ms"),
    activeAbove: database(above, "active"),
  };
}

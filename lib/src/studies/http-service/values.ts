import { sum } from "simple-statistics";
import type { Handed } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { valueAt } from "../../summary/rows.ts";
import {
  type GeneratorLateness,
  goodputRatio,
  runsOf,
  type ServiceData,
  type ServiceRate,
  type ServiceRecovery,
} from "./analysis.ts";
import type { ServiceScenario } from "./experiment.ts";

/** The tables that the http-service notebook has made. */
export interface ServiceSummaries {
  readonly rates: readonly ServiceRate[];
  readonly recovery: readonly ServiceRecovery[];
  readonly lateness: readonly GeneratorLateness[];
}

type Treatment = ServiceScenario["treatment"];

/**
 * Names the numbers that the article cites: failure rates, goodput and dead work by treatment and connections, the factors
 * between treatments, and how a burst ends. Null where the profile did not measure a value.
 */
export function httpServiceValues(
  dataset: ServiceData,
  { rates, recovery, lateness }: ServiceSummaries,
): Handed {
  const { runs } = dataset.manifest;
  const closed = (treatment: Treatment, connections: number, column: keyof ServiceRate) =>
    valueAt(rates, { load: "closed-loop", treatment, connections }, column);
  const fixedRate = (connections: number) =>
    valueAt(rates, { load: "fixed-rate", treatment: "as-is", connections }, "failureShare");
  const burst = (treatment: Treatment, retries: number, column: keyof ServiceRecovery) =>
    valueAt(recovery, { treatment, retries }, column);
  const crowded = (treatment: Treatment) =>
    runsOf(dataset, { load: "closed-loop", treatment, connections: 50 });
  const abortGain = goodputRatio(crowded("abort-queued"), crowded("as-is"));
  const skipOverAbort = goodputRatio(crowded("skip-expired"), crowded("abort-queued"));
  const latenessP99Ms = lateness.flatMap(({ p99Ms }) => p99Ms ?? []);
  return {
    workers: mainWorkers(dataset),
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    requests: dataset.samples.numRows(),
    blockingFailureAsIsAt15Share: closed("as-is", 15, "blockingFailureShare"),
    blockingFailureAsIsAt15LowShare: closed("as-is", 15, "blockingFailureLowShare"),
    blockingFailureAsIsAt15HighShare: closed("as-is", 15, "blockingFailureHighShare"),
    blockingFailureOffloadedAt15Share: closed("offloaded", 15, "blockingFailureShare"),
    blockingFailureOffloadedAt15LowShare: closed("offloaded", 15, "blockingFailureLowShare"),
    blockingFailureOffloadedAt15HighShare: closed("offloaded", 15, "blockingFailureHighShare"),
    falseTimeouts: sum(rates.map(({ falseTimeouts }) => falseTimeouts)),
    latenessP99Ms: latenessP99Ms.length === 0 ? null : Math.max(...latenessP99Ms),
    failureAsIsAt8Share: closed("as-is", 8, "failureShare"),
    failureAsIsAt15Share: closed("as-is", 15, "failureShare"),
    failureAsIsAt30Share: closed("as-is", 30, "failureShare"),
    failureAsIsAt50Share: closed("as-is", 50, "failureShare"),
    plainFailureAsIsAt50Share: closed("as-is", 50, "plainFailureShare"),
    blockingFailureAsIsAt50Share: closed("as-is", 50, "blockingFailureShare"),
    deadWorkAsIsAt50Share: closed("as-is", 50, "deadWorkShare"),
    goodputAsIsAt50: closed("as-is", 50, "goodput"),
    plainFailureOffloadedAt50Share: closed("offloaded", 50, "plainFailureShare"),
    blockingFailureOffloadedAt50Share: closed("offloaded", 50, "blockingFailureShare"),
    deadWorkOffloadedAt50Share: closed("offloaded", 50, "deadWorkShare"),
    goodputOffloadedAt50: closed("offloaded", 50, "goodput"),
    plainFailureAbortQueuedAt50Share: closed("abort-queued", 50, "plainFailureShare"),
    blockingFailureAbortQueuedAt50Share: closed("abort-queued", 50, "blockingFailureShare"),
    deadWorkAbortQueuedAt50Share: closed("abort-queued", 50, "deadWorkShare"),
    goodputAbortQueuedAt50: closed("abort-queued", 50, "goodput"),
    plainFailureSkipExpiredAt50Share: closed("skip-expired", 50, "plainFailureShare"),
    blockingFailureSkipExpiredAt50Share: closed("skip-expired", 50, "blockingFailureShare"),
    deadWorkSkipExpiredAt50Share: closed("skip-expired", 50, "deadWorkShare"),
    goodputSkipExpiredAt50: closed("skip-expired", 50, "goodput"),
    plainFailureAsIsAt15Share: closed("as-is", 15, "plainFailureShare"),
    plainFailureAsIsAt15LowShare: closed("as-is", 15, "plainFailureLowShare"),
    plainFailureAsIsAt15HighShare: closed("as-is", 15, "plainFailureHighShare"),
    plainFailureAbortQueuedAt15Share: closed("abort-queued", 15, "plainFailureShare"),
    plainFailureAbortQueuedAt15LowShare: closed("abort-queued", 15, "plainFailureLowShare"),
    plainFailureAbortQueuedAt15HighShare: closed("abort-queued", 15, "plainFailureHighShare"),
    plainFailureSkipExpiredAt15Share: closed("skip-expired", 15, "plainFailureShare"),
    plainFailureSkipExpiredAt15LowShare: closed("skip-expired", 15, "plainFailureLowShare"),
    plainFailureSkipExpiredAt15HighShare: closed("skip-expired", 15, "plainFailureHighShare"),
    failureFixedRateAt5Share: fixedRate(5),
    failureFixedRateAt6Share: fixedRate(6),
    failureFixedRateAt7Share: fixedRate(7),
    failureFixedRateAt10Share: fixedRate(10),
    abortGain: abortGain.estimate,
    abortGainLow: abortGain.low,
    abortGainHigh: abortGain.high,
    skipOverAbort: skipOverAbort.estimate,
    skipOverAbortLow: skipOverAbort.low,
    skipOverAbortHigh: skipOverAbort.high,
    burstRunsAsIsNoRetries: burst("as-is", 0, "runs"),
    recoveredRunsAsIsNoRetries: burst("as-is", 0, "recoveredRuns"),
    recoveryAsIsNoRetriesMs: burst("as-is", 0, "recoveryMs"),
    lastSecondAsIsNoRetriesShare: burst("as-is", 0, "lastSecondShare"),
    burstRunsAsIsRetries: burst("as-is", 2, "runs"),
    recoveredRunsAsIsRetries: burst("as-is", 2, "recoveredRuns"),
    recoveryAsIsRetriesMs: burst("as-is", 2, "recoveryMs"),
    lastSecondAsIsRetriesShare: burst("as-is", 2, "lastSecondShare"),
    burstRunsAbortQueuedNoRetries: burst("abort-queued", 0, "runs"),
    recoveredRunsAbortQueuedNoRetries: burst("abort-queued", 0, "recoveredRuns"),
    recoveryAbortQueuedNoRetriesMs: burst("abort-queued", 0, "recoveryMs"),
    lastSecondAbortQueuedNoRetriesShare: burst("abort-queued", 0, "lastSecondShare"),
    burstRunsAbortQueuedRetries: burst("abort-queued", 2, "runs"),
    recoveredRunsAbortQueuedRetries: burst("abort-queued", 2, "recoveredRuns"),
    recoveryAbortQueuedRetriesMs: burst("abort-queued", 2, "recoveryMs"),
    lastSecondAbortQueuedRetriesShare: burst("abort-queued", 2, "lastSecondShare"),
  };
}

import type { Handed } from "../../summary/handed.ts";
import { valueAt } from "../../summary/rows.ts";
import type { RemediesData, RemedyCost, RemedyEffect } from "./analysis.ts";

/** The tables that the remedies notebook has made. */
export interface RemedySummaries {
  readonly effects: readonly RemedyEffect[];
  readonly costs: readonly RemedyCost[];
}

/** Names the numbers that the article cites, by work and remedy; null where the profile did not measure a value. */
export function remedyValues(dataset: RemediesData, { effects, costs }: RemedySummaries): Handed {
  const at = (callers: RemedyEffect["callers"], job: RemedyEffect["job"], remedy: RemedyEffect["remedy"]) => {
    const levels = { callers, job, remedy };
    return (column: keyof RemedyEffect) => valueAt(effects, levels, column);
  };
  const patient = (job: RemedyEffect["job"], remedy: RemedyEffect["remedy"]) => at("patient", job, remedy);
  const hurried = (remedy: RemedyEffect["remedy"]) => at("hurried", "sleep", remedy);
  const undisturbed = (column: keyof RemedyEffect) => valueAt(effects, { callers: "none" }, column);
  const cost = (remedy: RemedyCost["remedy"], payloadKiB = 0) =>
    valueAt(costs, { remedy, payloadKiB }, "p50Us");
  return {
    runs: dataset.manifest.runs.valid,
    probeNoneMs: undisturbed("probeP99Ms"),
    probeMedianReadAsIsMs: patient("read", "as-is")("probeP50Ms"),
    probeMedianReadChunkedMs: patient("read", "chunked")("probeP50Ms"),
    statNoneMs: undisturbed("statP50Ms"),
    statSleepAsyncMs: patient("sleep", "async")("statP50Ms"),
    statReadAsyncMs: patient("read", "async")("statP50Ms"),
    statForeignCallAsyncMs: patient("foreign-call", "async")("statP50Ms"),
    probeSleepAsIsMs: patient("sleep", "as-is")("probeP99Ms"),
    probeSleepAsyncMs: patient("sleep", "async")("probeP99Ms"),
    probeSleepAwaitInTaskMs: patient("sleep", "await-in-task")("probeP99Ms"),
    probeSleepIsolatedMs: patient("sleep", "isolated")("probeP99Ms"),
    probeSleepChunkedMs: patient("sleep", "chunked")("probeP99Ms"),
    probeSleepAdmissionMs: patient("sleep", "admission")("probeP99Ms"),
    probeReadAsIsMs: patient("read", "as-is")("probeP99Ms"),
    probeReadAsyncMs: patient("read", "async")("probeP99Ms"),
    probeReadAwaitInTaskMs: patient("read", "await-in-task")("probeP99Ms"),
    probeReadIsolatedMs: patient("read", "isolated")("probeP99Ms"),
    probeReadChunkedMs: patient("read", "chunked")("probeP99Ms"),
    probeReadAdmissionMs: patient("read", "admission")("probeP99Ms"),
    probeComputeAsIsMs: patient("compute", "as-is")("probeP99Ms"),
    probeComputeIsolatedMs: patient("compute", "isolated")("probeP99Ms"),
    probeComputeChunkedMs: patient("compute", "chunked")("probeP99Ms"),
    probeComputeAdmissionMs: patient("compute", "admission")("probeP99Ms"),
    probeForeignCallAsIsMs: patient("foreign-call", "as-is")("probeP99Ms"),
    probeForeignCallAsyncMs: patient("foreign-call", "async")("probeP99Ms"),
    probeForeignCallIsolatedMs: patient("foreign-call", "isolated")("probeP99Ms"),
    probeForeignCallAdmissionMs: patient("foreign-call", "admission")("probeP99Ms"),
    jobsSleepAsIsPerSecond: patient("sleep", "as-is")("jobsPerSecond"),
    jobsSleepIsolatedPerSecond: patient("sleep", "isolated")("jobsPerSecond"),
    jobsSleepAdmissionPerSecond: patient("sleep", "admission")("jobsPerSecond"),
    jobsSleepAsyncPerSecond: patient("sleep", "async")("jobsPerSecond"),
    jobsComputeAsIsPerSecond: patient("compute", "as-is")("jobsPerSecond"),
    jobsComputeIsolatedPerSecond: patient("compute", "isolated")("jobsPerSecond"),
    jobsComputeChunkedPerSecond: patient("compute", "chunked")("jobsPerSecond"),
    jobsForeignCallAsyncPerSecond: patient("foreign-call", "async")("jobsPerSecond"),
    jobsReadAsyncPerSecond: patient("read", "async")("jobsPerSecond"),
    hurriedJobsSleepAsIsPerSecond: hurried("as-is")("jobsPerSecond"),
    wastedSleepAsIsShare: hurried("as-is")("wastedShare"),
    hurriedProbeSleepAsIsMs: hurried("as-is")("probeP99Ms"),
    hurriedJobsSleepAbortAtDeadlinePerSecond: hurried("abort-at-deadline")("jobsPerSecond"),
    wastedSleepAbortAtDeadlineShare: hurried("abort-at-deadline")("wastedShare"),
    hurriedProbeSleepAbortAtDeadlineMs: hurried("abort-at-deadline")("probeP99Ms"),
    hurriedJobsSleepAbortInTimePerSecond: hurried("abort-in-time")("jobsPerSecond"),
    wastedSleepAbortInTimeShare: hurried("abort-in-time")("wastedShare"),
    costInlineUs: cost("inline"),
    costAsIsUs: cost("as-is"),
    costAsyncUs: cost("async"),
    costIsolatedUs: cost("isolated"),
    costChunkedUs: cost("chunked"),
    costAdmissionUs: cost("admission"),
    costAbortInTimeUs: cost("abort-in-time"),
    cost64KiBUs: cost("isolated", 64),
    cost1024KiBUs: cost("isolated", 1024),
  };
}

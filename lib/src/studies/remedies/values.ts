import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import type { Dataset } from "../../tables/load.ts";

/** The tables that the remedies notebook has made. */
export interface RemedySummaries {
  readonly effects: ColumnTable;
  readonly costs: ColumnTable;
}

/** Which remedies were tried on which work. */
const tried = {
  sleep: ["as-is", "async", "await-in-task", "isolated", "chunked", "admission"],
  read: ["as-is", "async", "await-in-task", "isolated", "chunked", "admission"],
  compute: ["as-is", "isolated", "chunked", "admission"],
  "foreign-call": ["as-is", "async", "isolated", "admission"],
} as const;

/** Pairs of which the article says how much work they do. */
const throughputs = [
  ...["as-is", "isolated", "admission", "async"].map((remedy) => ({ job: "sleep", remedy })),
  ...["as-is", "isolated", "chunked"].map((remedy) => ({ job: "compute", remedy })),
  { job: "foreign-call", remedy: "async" },
  { job: "read", remedy: "async" },
];

/** Names the numbers that the article cites, by work and remedy; null where the profile did not measure a value. */
export function remedyValues(dataset: Dataset, { effects, costs }: RemedySummaries): Handed {
  const patient = (job: string, remedy: string, column: string) =>
    numberAt(effects, { callers: "patient", job, remedy }, column);
  const values: Record<string, number | null> = {
    runs: dataset.manifest.runs.valid,
    probeNoneMs: numberAt(effects, { callers: "none" }, "probeP99Ms"),
    probeMedianReadAsIsMs: patient("read", "as-is", "probeP50Ms"),
    probeMedianReadChunkedMs: patient("read", "chunked", "probeP50Ms"),
    statNoneMs: numberAt(effects, { callers: "none" }, "statP50Ms"),
    statSleepAsyncMs: patient("sleep", "async", "statP50Ms"),
    statReadAsyncMs: patient("read", "async", "statP50Ms"),
    statForeignCallAsyncMs: patient("foreign-call", "async", "statP50Ms"),
  };
  for (const [job, remedies] of Object.entries(tried)) {
    for (const remedy of remedies) {
      values[`probe${pascal(job)}${pascal(remedy)}Ms`] = patient(job, remedy, "probeP99Ms");
    }
  }
  for (const { job, remedy } of throughputs) {
    values[`jobs${pascal(job)}${pascal(remedy)}PerSecond`] = patient(job, remedy, "jobsPerSecond");
  }
  for (const remedy of ["as-is", "abort-at-deadline", "abort-in-time"]) {
    const at = { callers: "hurried", job: "sleep", remedy };
    values[`hurriedJobsSleep${pascal(remedy)}PerSecond`] = numberAt(effects, at, "jobsPerSecond");
    values[`wastedSleep${pascal(remedy)}Share`] = numberAt(effects, at, "wastedShare");
    if (remedy !== "abort-in-time") {
      values[`hurriedProbeSleep${pascal(remedy)}Ms`] = numberAt(effects, at, "probeP99Ms");
    }
  }
  for (const remedy of ["inline", "as-is", "async", "isolated", "chunked", "admission", "abort-in-time"]) {
    values[`cost${pascal(remedy)}Us`] = numberAt(costs, { remedy, payloadKiB: 0 }, "p50Us");
  }
  for (const payloadKiB of [64, 1024]) {
    values[`cost${payloadKiB}KiBUs`] = numberAt(costs, { remedy: "isolated", payloadKiB }, "p50Us");
  }
  return values;
}

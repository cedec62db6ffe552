import { sum } from "simple-statistics";
import { type ExecutorName, executorNames } from "../../../executor/executors.ts";
import { ratio } from "../../../stats/contrast.ts";
import { cells } from "../../../summary/cells.ts";
import { type Estimate, meanOf, missing } from "../../../summary/estimate.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import type { introspection } from "../../introspection/index.ts";
import { pointRow } from "./point.ts";
import { publishedRatio, publishedTokio } from "./published.ts";

const experiment = "introspection";

type IntrospectionData = ReturnType<typeof introspection.load>;
export type BusyBesideTokio = ReturnType<typeof busyBesideTokio>[number];

/**
 * Sets beside each other by how much the last worker raises the ratio of scheduled to busy time of the tasks: what Tokio's
 * task metrics showed when the fourth of four workers was blocked, and ours.
 *
 * @param data introspection
 */
export function busyBesideTokio(data: IntrospectionData) {
  const [below, at] = [publishedWorkers - 1, publishedWorkers];
  const metric = "sched_busy_ratio" as const;
  const tokio = publishedRatio(
    publishedTokio(experiment),
    { metric, blockers: at },
    { metric, blockers: below },
  );
  return executorNames.map((executor) =>
    pointRow({
      experiment,
      quantity: "scheduled over busy, last worker",
      at: `${at} over ${below} of ${publishedWorkers} workers blocked`,
      levels: {},
      saturated: true,
      executor,
      by: "ratio",
      tokio,
      ours: over(
        meanOf(scheduledOverBusy(data, executor, at)),
        meanOf(scheduledOverBusy(data, executor, below)),
      ),
    }),
  );
}

/** One ratio a run: what its probes waited, over what they ran. */
function scheduledOverBusy(
  data: IntrospectionData,
  executor: ExecutorName,
  blockers: number,
): Float64Array[] {
  const where = { part: "base", kind: "probe", workers: publishedWorkers, executor, blockers };
  const total = (value: "schedNs" | "busyNs") =>
    cells(data, { value, by: [], where })[0]?.byRun.map((ofRun) => sum(Array.from(ofRun)));
  const [scheduled = [], busy = []] = [total("schedNs"), total("busyNs")];
  return scheduled.map((ns, run) => Float64Array.of(ns / (busy[run] ?? Number.NaN)));
}

function over(above: Estimate, below: Estimate): Estimate {
  const [a, b] = [bounded(above), bounded(below)];
  return (a && b && ratio(a, b)) ?? missing;
}

function bounded({ estimate, low, high }: Estimate) {
  return estimate === null || low === null || high === null ? null : { estimate, low, high };
}

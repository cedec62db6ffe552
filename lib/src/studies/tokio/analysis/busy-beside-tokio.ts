import { type ColumnTable, from } from "arquero";
import { ratio } from "../../../stats/contrast.ts";
import { cells } from "../../../summary/cells.ts";
import { type Estimate, meanOf } from "../../../summary/estimate.ts";
import type { Dataset } from "../../../tables/load.ts";
import { publishedWorkers } from "../../../tables/main-workers.ts";
import { publishedTokio } from "../published-tokio.ts";
import { publishedRatio } from "./published-value.ts";
import { pointRow, type TokioPoint } from "./tokio-point.ts";

const experiment = "introspection";
const executors = ["run-queue", "piscina", "pinned"];

/**
 * Sets beside each other by how much the last worker raises the ratio of scheduled to busy time of the tasks: what Tokio's
 * task metrics showed when the fourth of four workers was blocked, and ours.
 *
 * @param data introspection
 */
export function busyBesideTokio(data: Dataset): ColumnTable {
  const [below, at] = [publishedWorkers - 1, publishedWorkers];
  const metric = "sched_busy_ratio";
  const tokio = publishedRatio(
    publishedTokio(experiment),
    { metric, blockers: at },
    { metric, blockers: below },
  );
  const points = executors.map(
    (executor): TokioPoint => ({
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
  return from(points.map(pointRow));
}

/** One ratio a run: what its probes waited, over what they ran. */
function scheduledOverBusy(data: Dataset, executor: string, blockers: number): Float64Array[] {
  const where = { part: "base", kind: "probe", workers: publishedWorkers, executor, blockers };
  const total = (value: string) =>
    cells(data, { value, by: [], where })[0]?.byRun.map((ofRun) => ofRun.reduce((sum, one) => sum + one, 0));
  const [scheduled = [], busy = []] = [total("schedNs"), total("busyNs")];
  return scheduled.map((ns, run) => Float64Array.of(ns / (busy[run] ?? Number.NaN)));
}

function over(above: Estimate, below: Estimate): Estimate {
  const [a, b] = [bounded(above), bounded(below)];
  return (a && b && ratio(a, b)) ?? { estimate: null, low: null, high: null };
}

function bounded({ estimate, low, high }: Estimate) {
  return estimate === null || low === null || high === null ? null : { estimate, low, high };
}

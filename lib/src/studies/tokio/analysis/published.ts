import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fromCSV } from "arquero";
import * as v from "valibot";
import type { PublishedRow } from "../../../drawing/published-rows.ts";
import { parseData } from "../../../measure/parse-json.ts";
import { projectRoot } from "../../../measure/project-root.ts";
import { type Estimate, missing } from "../../../summary/estimate.ts";
import { rowsOf } from "../../../summary/rows.ts";

export type PublishedExperiment =
  | "scheduling-delay"
  | "request-timeouts"
  | "fixed-workload"
  | "load-ramp"
  | "introspection";

/**
 * Gives what the Tokio study published for one of its experiments: one row a value, as in `data/published/tokio.csv`.
 *
 * @see https://github.com/Bobby-Math/tokio-blocking-bench
 */
export function publishedTokio(experiment: PublishedExperiment): readonly PublishedRow[] {
  const path = join(projectRoot, "data", "published", "tokio.csv");
  const rows = fromCSV(readFileSync(path, "utf8")).objects();
  const source = { noun: "published table", path, remedy: "restore it" };
  return parseData(rows, publishedRows, source).filter((row) => row.experiment === experiment);
}

const publishedRows: v.GenericSchema<unknown, readonly PublishedRow[]> = v.array(
  v.object({
    experiment: v.string(),
    source: v.string(),
    run: v.number(),
    workers: v.number(),
    async_tasks: v.nullable(v.number()),
    blockers: v.nullable(v.number()),
    concurrency: v.nullable(v.number()),
    metric: v.picklist(["p50", "p99", "failure_rate", "sched_busy_ratio"]),
    value: v.number(),
    unit: v.string(),
  }),
);

/** One published quantity: the middle of its published runs, with the least and the greatest of them as bounds. */
export function publishedValue(published: readonly PublishedRow[], where: Partial<PublishedRow>): Estimate {
  return middle(rowsOf(published, where).map(({ value }) => value));
}

/** Divides one published quantity by another; the bounds are those of the runs that lie furthest apart. */
export function publishedRatio(
  published: readonly PublishedRow[],
  above: Partial<PublishedRow>,
  below: Partial<PublishedRow>,
): Estimate {
  const a = publishedValue(published, above);
  const b = publishedValue(published, below);
  const over = (x: number | null, y: number | null) => (x === null || y === null ? null : x / y);
  return { estimate: over(a.estimate, b.estimate), low: over(a.low, b.high), high: over(a.high, b.low) };
}

function middle(values: readonly number[]): Estimate {
  const ascending = [...values].sort((a, b) => a - b);
  const [low, high] = [ascending.at(0), ascending.at(-1)];
  const estimate = ascending[Math.floor(ascending.length / 2)];
  return estimate === undefined || low === undefined || high === undefined
    ? missing
    : { estimate, low, high };
}

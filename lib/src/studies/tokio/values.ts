import type { Handed } from "../../summary/handed.ts";
import { valueAt } from "../../summary/rows.ts";
import type { BusyBesideTokio } from "./analysis/busy.ts";
import type { DelayBesideTokio } from "./analysis/delays.ts";
import type { FailureBesideTokio } from "./analysis/failures.ts";
import type { Difference, Quantity } from "./analysis/point.ts";

/** The tables that the Tokio notebook has made. */
export interface TokioSummaries {
  readonly delays: readonly DelayBesideTokio[];
  readonly failures: readonly FailureBesideTokio[];
  readonly busy: readonly BusyBesideTokio[];
}

/**
 * Names the numbers that the article cites. `Few` is 50 tasks, `Many` is 500; `At` all four workers blocked, `Below` all
 * but one. Null where a value was not measured.
 */
export function tokioValues({ delays, failures, busy }: TokioSummaries): Handed {
  const executor = "run-queue";
  const delay = (quantity: Quantity, tasks: number, blockers: number) => (column: keyof DelayBesideTokio) =>
    valueAt(delays, { executor, quantity, tasks, blockers }, column);
  const failure = (quantity: Quantity, level: number) => (column: keyof FailureBesideTokio) =>
    valueAt(failures, { executor, quantity, level }, column);
  const heightFew = delay("p99, in blocks", 50, 4);
  const heightMany = delay("p99, in blocks", 500, 4);
  const floorMany = delay("p99, in blocks", 500, 0);
  const tailBelowFew = delay("p99 over its own floor", 50, 3);
  const medianAtFew = delay("p50 over its own floor", 50, 4);
  const failure30 = failure("failure rate by clients", 30);
  const failure50 = failure("failure rate by clients", 50);
  const fixedAt = failure("failure rate beside blockers", 4);
  const ramp5000 = failure("failure rate of growing load", 5000);
  const points = [...delays, ...failures, ...busy].filter(
    (point) => point.executor === executor && point.ours !== null,
  );
  const count = (difference: Difference) => points.filter((point) => point.difference === difference).length;
  return {
    heightFewTokio: heightFew("tokio"),
    heightFewTokioHigh: heightFew("tokioHigh"),
    heightFewRunQueue: heightFew("ours"),
    heightManyTokio: heightMany("tokio"),
    heightManyRunQueue: heightMany("ours"),
    floorManyTokio: floorMany("tokio"),
    floorManyRunQueue: floorMany("ours"),
    tailBelowFewTokio: tailBelowFew("tokio"),
    tailBelowFewRunQueue: tailBelowFew("ours"),
    medianAtFewTokio: medianAtFew("tokio"),
    medianAtFewRunQueue: medianAtFew("ours"),
    failure30Tokio: failure30("tokio"),
    failure30RunQueue: failure30("ours"),
    failure50Tokio: failure50("tokio"),
    failure50RunQueue: failure50("ours"),
    fixedAtTokio: fixedAt("tokio"),
    fixedAtRunQueue: fixedAt("ours"),
    ramp5000Tokio: ramp5000("tokio"),
    ramp5000RunQueue: ramp5000("ours"),
    busyTokio: valueAt(busy, { executor }, "tokio"),
    points: points.length,
    alike: count("alike"),
    higher: count("higher"),
    lower: count("lower"),
    open: count("open"),
  };
}

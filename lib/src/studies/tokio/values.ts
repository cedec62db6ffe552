import type { ColumnTable } from "arquero";
import { type Handed, numberAt } from "../../summary/handed.ts";
import type { Difference } from "./analysis/explain-difference.ts";

/** The tables that the Tokio notebook has made. */
export interface TokioSummaries {
  readonly delays: ColumnTable;
  readonly failures: ColumnTable;
  readonly busy: ColumnTable;
}

/**
 * Names the numbers that the article cites. `Few` is 50 tasks, `Many` is 500; `At` all four workers blocked, `Below` all
 * but one. Null where a value was not measured.
 */
export function tokioValues({ delays, failures, busy }: TokioSummaries): Handed {
  const shared = { executor: "run-queue" };
  const delay = (quantity: string, tasks: number, blockers: number) => (side: "tokio" | "ours") =>
    numberAt(delays, { ...shared, quantity, tasks, blockers }, side);
  const failure = (quantity: string, level: number) => (side: "tokio" | "ours") =>
    numberAt(failures, { ...shared, quantity, level }, side);
  const pairs = {
    heightFew: delay("p99, in blocks", 50, 4),
    heightMany: delay("p99, in blocks", 500, 4),
    floorMany: delay("p99, in blocks", 500, 0),
    tailBelowFew: delay("p99 over its own floor", 50, 3),
    medianAtFew: delay("p50 over its own floor", 50, 4),
    failure30: failure("failure rate by clients", 30),
    failure50: failure("failure rate by clients", 50),
    fixedAt: failure("failure rate beside blockers", 4),
    ramp5000: failure("failure rate of growing load", 5000),
    busy: (side: "tokio" | "ours") => numberAt(busy, shared, side),
  };
  const values = Object.entries(pairs).flatMap(([name, of]) => [
    [`${name}Tokio`, of("tokio")],
    [`${name}RunQueue`, of("ours")],
  ]);
  const points = [delays, failures, busy].flatMap(
    (table) => table.objects() as { executor: string; difference: Difference; ours: number | null }[],
  );
  const onQueue = points.filter(({ executor, ours }) => executor === shared.executor && ours !== null);
  const count = (difference: Difference) => onQueue.filter((row) => row.difference === difference).length;
  return {
    ...Object.fromEntries(values),
    heightFewTokioHigh: numberAt(
      delays,
      { ...shared, quantity: "p99, in blocks", tasks: 50, blockers: 4 },
      "tokioHigh",
    ),
    points: onQueue.length,
    alike: count("alike"),
    higher: count("higher"),
    lower: count("lower"),
    open: count("open"),
  };
}

import { intervalText } from "../../../summary/interval-text.ts";
import { levelsOf } from "../../../summary/rows.ts";
import type { TokioRow } from "./point.ts";

/**
 * Lays out published points for readers, one a row: Tokio's value with its range, each executor's with its interval, and
 * whether the run queue's differs. What was not measured is missing.
 *
 * @param rows what `delaysBesideTokio`, `failuresBesideTokio` or `busyBesideTokio` gives
 */
export function tokioBesideTable(rows: readonly TokioRow[]): Record<string, (string | null)[]> {
  const points = [...Map.groupBy(rows, ({ quantity, at }) => `${quantity}\0${at}`).values()];
  const column = (text: (point: readonly TokioRow[]) => string | null) => points.map(text);
  const of = (executor: TokioRow["executor"]) => (point: readonly TokioRow[]) =>
    point.find((row) => row.executor === executor);
  const queue = of("run-queue");
  return {
    quantity: column(([row]) => row?.quantity ?? null),
    at: column(([row]) => row?.at ?? null),
    "Tokio (range)": column(([row]) => (row ? spell(row.tokio, row.tokioLow, row.tokioHigh) : null)),
    ...Object.fromEntries(
      levelsOf(rows, "executor").map((executor) => [
        executor,
        column((point) => {
          const row = of(executor)(point);
          return row ? spell(row.ours, row.oursLow, row.oursHigh) : null;
        }),
      ]),
    ),
    "run-queue is": column((point) => {
      const row = queue(point);
      return row === undefined || row.ours === null ? null : row.difference;
    }),
  };
}

/** Lays out what may explain the differences: the element of design, the executors, and how many points show it. */
export function tokioReasonsTable(
  ...tables: readonly (readonly TokioRow[])[]
): Record<string, (string | number)[]> {
  const rows = tables.flat().filter(({ why }) => why !== "–");
  const groups = [
    ...Map.groupBy(rows, ({ executor, quantity, why }) => `${executor}\0${quantity}\0${why}`).values(),
  ];
  const first = groups.flatMap(([row]) => (row ? [row] : []));
  return {
    executor: first.map(({ executor }) => executor),
    quantity: first.map(({ quantity }) => quantity),
    "than Tokio": first.map(({ difference }) => difference),
    points: groups.map(({ length }) => length),
    candidate: first.map(({ why }) => why),
  };
}

/** A published value is one number: what lies around it has no width. */
function spell(estimate: number | null, low: number | null, high: number | null): string | null {
  return intervalText(low === high ? { estimate, low: null, high: null } : { estimate, low, high });
}

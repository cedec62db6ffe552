import type { ColumnTable } from "arquero";
import { threeDigits } from "../../../summary/three-digits.ts";

type Row = Readonly<Record<string, string | number | null>>;

/**
 * Lays out published points for readers, one a row: Tokio's value with its range, each executor's with its interval, and
 * whether the run queue's differs. What was not measured is missing.
 *
 * @param table what `delaysBesideTokio`, `failuresBesideTokio` or `busyBesideTokio` gives
 */
export function tokioBesideTable(table: ColumnTable): Record<string, (string | null)[]> {
  const rows = table.objects() as Row[];
  const points = [...Map.groupBy(rows, (row) => `${row["quantity"]}\0${row["at"]}`).values()];
  const executors = [...new Set(rows.map((row) => String(row["executor"])))];
  const column = (text: (point: readonly Row[]) => string | null) => points.map(text);
  const of = (executor: string) => (point: readonly Row[]) =>
    point.find((row) => row["executor"] === executor);
  const queue = of("run-queue");
  return {
    quantity: column(([row]) => String(row?.["quantity"])),
    at: column(([row]) => String(row?.["at"])),
    "Tokio (range)": column(([row]) => spell(row, "tokio")),
    ...Object.fromEntries(
      executors.map((executor) => [executor, column((point) => spell(of(executor)(point), "ours"))]),
    ),
    "run-queue is": column((point) =>
      queue(point)?.["ours"] == null ? null : String(queue(point)?.["difference"]),
    ),
  };
}

/** Lays out what explains the differences: the element of design, the executors, and how many points show it. */
export function tokioReasonsTable(...tables: readonly ColumnTable[]): Record<string, (string | number)[]> {
  const rows = tables.flatMap((table) => table.objects() as Row[]).filter(({ why }) => why !== "–");
  const groups = [...Map.groupBy(rows, (row) => `${row["executor"]}\0${row["quantity"]}\0${row["why"]}`)];
  const first = groups.map(([, [row]]) => row as Row);
  return {
    executor: first.map(({ executor }) => String(executor)),
    quantity: first.map(({ quantity }) => String(quantity)),
    "than Tokio": first.map(({ difference }) => String(difference)),
    points: groups.map(([, group]) => group.length),
    why: first.map(({ why }) => String(why)),
  };
}

function spell(row: Row | undefined, side: "tokio" | "ours"): string | null {
  const [value, low, high] = [row?.[side], row?.[`${side}Low`], row?.[`${side}High`]];
  if (typeof value !== "number") return null;
  if (typeof low !== "number" || typeof high !== "number" || low === high) return threeDigits(value);
  return `${threeDigits(value)} (${threeDigits(low)} to ${threeDigits(high)})`;
}

import type { ColumnTable } from "arquero";
import type { Estimate } from "../../../summary/estimate.ts";

/** One published quantity: the middle of its published runs, with the least and the greatest of them as bounds. */
export function publishedValue(
  published: ColumnTable,
  where: Readonly<Record<string, string | number>>,
): Estimate {
  return middle(
    (published.objects() as Record<string, string | number | null>[])
      .filter((row) => Object.entries(where).every(([name, level]) => row[name] === level))
      .map((row) => Number(row["value"])),
  );
}

/** Divides one published quantity by another; the bounds are those of the runs that lie furthest apart. */
export function publishedRatio(
  published: ColumnTable,
  above: Readonly<Record<string, string | number>>,
  below: Readonly<Record<string, string | number>>,
): Estimate {
  const a = publishedValue(published, above);
  const b = publishedValue(published, below);
  const over = (x: number | null, y: number | null) => (x === null || y === null ? null : x / y);
  return { estimate: over(a.estimate, b.estimate), low: over(a.low, b.high), high: over(a.high, b.low) };
}

function middle(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    estimate: sorted[Math.floor(sorted.length / 2)] ?? null,
    low: sorted.at(0) ?? null,
    high: sorted.at(-1) ?? null,
  };
}

import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Estimate, shareOf } from "../estimate.ts";
import { markedCounts, type SampleRow } from "../marked-counts.ts";

/** Lists where errors arose, by mechanism and cause: message, file of the innermost frame, and how many. */
export function errorSurfaces(dataset: Dataset): ColumnTable {
  const failed = failures(dataset);
  const groups = Map.groupBy(failed, ({ mechanism, message, surface }) =>
    JSON.stringify([mechanism, message, surface]),
  );
  const order = dataset.manifest.parameters.factors["mechanism"] ?? [];
  const rows = [...groups].map(([key, group]) => {
    const [mechanism, message, surface] = JSON.parse(key) as [string, string, string];
    const of = (cause: string) => group.filter((row) => row["cause"] === cause).length;
    return {
      mechanism,
      message,
      surface,
      blockedWorkers: of("blocked-workers"),
      slowDependency: of("slow-dependency"),
    };
  });
  return from(rows.sort((a, b) => order.indexOf(a.mechanism) - order.indexOf(b.mechanism)));
}

/** Estimates the share of failures under blockers whose words, message and stack, also stand for the slow dependency. */
export function sharedWords(dataset: Dataset): Estimate {
  const words = ({ mechanism, message, stack }: SampleRow) => JSON.stringify([mechanism, message, stack]);
  const elsewhere = new Set(
    failures(dataset)
      .filter(({ cause }) => cause === "slow-dependency")
      .map(words),
  );
  if (elsewhere.size === 0) return { estimate: null, low: null, high: null };
  const [counts] = markedCounts(
    dataset,
    { by: [], where: { cause: "blocked-workers", outcome: ["timed-out", "rejected", "failed"] } },
    (row) => elsewhere.has(words(row)),
  );
  return shareOf(counts?.marked ?? [], counts?.all ?? []);
}

function failures({ samples }: Dataset): SampleRow[] {
  return (samples.objects() as SampleRow[]).filter(({ message }) => message !== null);
}

import { type ColumnTable, from } from "arquero";
import { type Estimate, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { markedCounts, type SampleRow } from "../../summary/marked-counts.ts";
import type { Dataset } from "../../tables/load.ts";

const by = ["mechanism", "cause", "blockers"] as const;
const outcomes = ["timed-out", "rejected", "failed"] as const;

/** What can be said of a failed operation. */
export const verdicts = {
  /** Its message or stack has the culprit's task, function or file. */
  named: ({ namesCulprit }: SampleRow) => namesCulprit === true,
  /** Records of polls accuse the blockers: at least half of its time went by while they, above all, held every worker. */
  accused: ({ starvedNs, latencyNs, culprit }: SampleRow) =>
    culprit === "report" && Number(starvedNs) >= Number(latencyNs) / 2,
  /** Somebody who looks at the workers at that moment sees one held. */
  busy: ({ heldAtEnd }: SampleRow) => Number(heldAtEnd) > 0,
} as const satisfies Record<string, (row: SampleRow) => boolean>;

/**
 * Describes the failed operations by mechanism × cause × blockers: which share names the culprit by itself, which share
 * the records of polls lay on the blockers, and in which share some worker was held when the error surfaced.
 */
export function blameShares(dataset: Dataset): ColumnTable {
  const query = { by, where: { outcome: outcomes } };
  const [named, accused, busy] = [verdicts.named, verdicts.accused, verdicts.busy].map((verdict) =>
    markedCounts(dataset, query, verdict),
  );
  const share = (counts: typeof named, i: number): Estimate =>
    shareOf(counts?.[i]?.marked ?? [], counts?.[i]?.all ?? []);
  return from(
    (named ?? []).map(({ levels, all }, i) => ({
      ...levels,
      runs: all.length,
      failures: all.reduce((sum, count) => sum + count, 0),
      ...intervalColumns("named", "Share", share(named, i)),
      ...intervalColumns("accused", "Share", share(accused, i)),
      ...intervalColumns("busy", "Share", share(busy, i)),
    })),
  );
}

/** Estimates the share of failed operations with a verdict, over the mechanisms unless one is given. */
export function blameShare(
  dataset: Dataset,
  verdict: keyof typeof verdicts,
  where: { readonly cause: string; readonly mechanism?: string; readonly blockers?: number },
): Estimate {
  const [counts] = markedCounts(
    dataset,
    { by: [], where: { ...where, outcome: outcomes } },
    verdicts[verdict],
  );
  return shareOf(counts?.marked ?? [], counts?.all ?? []);
}

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

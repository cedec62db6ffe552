import { sum } from "simple-statistics";
import { namesOf } from "../../design/names-of.ts";
import { type Estimate, missing, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { type MarkedCounts, markedCounts } from "../../summary/marked-counts.ts";
import { noteRun } from "../../summary/read-runs.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import { errorDesigns } from "../failure-mechanisms/experiment.ts";
import type { experiment } from "./experiment.ts";

type Declared = ReturnType<typeof experiment>;
export type BlameData = Dataset<Declared>;
export type BlameSample = SampleOf<Declared>;

export type BlameShare = ReturnType<typeof blameShares>[number];

const by = ["mechanism", "cause", "blockers", "errors"] as const;
const outcomes = ["timed-out", "rejected", "failed"] as const;

/** What can be said of a failed operation. */
export const verdicts = {
  /** Its message or stack has the culprit's task, function or file. */
  named: ({ namesCulprit }: BlameSample) => namesCulprit === true,
  /** Records of polls accuse the blockers: at least half of its time went by while they, above all, held every worker. */
  accused: ({ starvedNs, latencyNs, culprit }: BlameSample) =>
    culprit === "report" && Number(starvedNs) >= Number(latencyNs) / 2,
  /** Somebody who looks at the workers at that moment sees one held. */
  busy: ({ heldAtEnd }: BlameSample) => Number(heldAtEnd) > 0,
} as const satisfies Record<string, (row: BlameSample) => boolean>;

/**
 * Describes the failed operations by mechanism × cause × blockers × design of the errors: which share names the culprit by itself, which share
 * the records of polls lay on the blockers, and in which share some worker was held when the error surfaced.
 */
export function blameShares(dataset: BlameData) {
  const query = { by, where: { outcome: outcomes } };
  const [named, accused, busy] = [
    markedCounts(dataset, query, verdicts.named),
    markedCounts(dataset, query, verdicts.accused),
    markedCounts(dataset, query, verdicts.busy),
  ];
  return named.map(({ levels, all }, i) => ({
    ...levels,
    runs: all.length,
    failures: sum(all),
    ...intervalColumns("named", "Share", share(named[i])),
    ...intervalColumns("accused", "Share", share(accused[i])),
    ...intervalColumns("busy", "Share", share(busy[i])),
  }));
}

/** Estimates the share of failed operations with a verdict, over all mechanisms; by default of plain errors. */
export function blameShare(
  dataset: BlameData,
  verdict: keyof typeof verdicts,
  where: Pick<BlameSample, "cause"> & Partial<Pick<BlameSample, "errors">>,
): Estimate {
  const [counts] = markedCounts(
    dataset,
    { by: [], where: { errors: "plain", ...where, outcome: outcomes } },
    verdicts[verdict],
  );
  return share(counts);
}

/** Lists, by design of the errors, which share of failures name the culprit, guilty or not, over all mechanisms. */
export function namedByDesign(dataset: BlameData) {
  return namesOf(errorDesigns).flatMap((errors) => {
    const guilty = blameShare(dataset, "named", { cause: "blocked-workers", errors });
    if (guilty.estimate === null) return [];
    return [
      {
        errors,
        ...intervalColumns("named", "Share", guilty),
        ...intervalColumns(
          "namedInnocent",
          "Share",
          blameShare(dataset, "named", { cause: "slow-dependency", errors }),
        ),
      },
    ];
  });
}

function share(counts: MarkedCounts<unknown> | undefined): Estimate {
  return shareOf(counts?.marked ?? [], counts?.all ?? []);
}

/** Lists where plain errors arose, by mechanism and cause: message, file of the innermost frame, and how many. */
export function errorSurfaces(dataset: BlameData) {
  const groups = Map.groupBy(failures(dataset), ({ mechanism, message, surface }) =>
    JSON.stringify([mechanism, message, surface]),
  );
  const order: readonly unknown[] = dataset.manifest.parameters.factors["mechanism"] ?? [];
  const rows = [...groups.values()].map((group) => {
    const { mechanism, message, surface } = group[0] as BlameSample;
    const of = (cause: BlameSample["cause"]) => group.filter((row) => row.cause === cause).length;
    return {
      mechanism,
      message,
      surface,
      blockedWorkers: of("blocked-workers"),
      slowDependency: of("slow-dependency"),
    };
  });
  return rows.sort((a, b) => order.indexOf(a.mechanism) - order.indexOf(b.mechanism));
}

/** Estimates the share of plain failures under blockers whose words, message and stack, also stand for the slow dependency. */
export function sharedWords(dataset: BlameData): Estimate {
  const words = ({ mechanism, message, stack }: BlameSample) => JSON.stringify([mechanism, message, stack]);
  const elsewhere = new Set(
    failures(dataset)
      .filter(({ cause }) => cause === "slow-dependency")
      .map(words),
  );
  if (elsewhere.size === 0) return missing;
  const [counts] = markedCounts(
    dataset,
    { by: [], where: { errors: "plain", cause: "blocked-workers", outcome: outcomes } },
    (row) => elsewhere.has(words(row)),
  );
  return share(counts);
}

function failures({ samples }: BlameData): BlameSample[] {
  const rows = samples.objects() as BlameSample[];
  for (const { run, errors } of rows) if (errors === "plain") noteRun(run);
  return rows.filter(({ message, errors }) => message !== null && errors === "plain");
}

import type { Handed } from "../../summary/handed.ts";
import { type BlameData, type BlameSample, blameShare, sharedWords } from "./analysis.ts";

/**
 * Names the numbers that the article cites, over all mechanisms and, where no other design is named, of plain errors: the share of failures that name the culprit, the shares
 * that the records lay on the blockers, guilty or not, the shares during which a worker was held, and how far apart guilty
 * and innocent are in time spent starved. Null where the
 * profile did not measure a value.
 */
export function blameValues(dataset: BlameData): Handed {
  const { runs } = dataset.manifest;
  const samples = dataset.samples.objects() as BlameSample[];
  const plain = samples.filter(({ errors }) => errors === "plain");
  const designed = samples.filter(({ errors }) => errors !== "plain");
  const guilty = { cause: "blocked-workers" } as const;
  const innocent = { cause: "slow-dependency" } as const;
  const named = blameShare(dataset, "named", guilty);
  const namedBy = (cause: BlameSample["cause"], errors: BlameSample["errors"]) =>
    blameShare(dataset, "named", { cause, errors }).estimate;
  const accused = blameShare(dataset, "accused", guilty);
  const accusedWrongly = blameShare(dataset, "accused", innocent);
  return {
    runs: countRuns(plain),
    designRuns: countRuns(designed),
    invalidRuns: runs.planned - runs.valid,
    operations: plain.length,
    guiltyFailures: failuresOf(plain, guilty.cause).length,
    innocentFailures: failuresOf(plain, innocent.cause).length,
    sharedWordsShare: sharedWords(dataset).estimate,
    namedShare: named.estimate,
    namedHighShare: named.high,
    namedThrowingBlockerShare: namedBy("blocked-workers", "throwing blocker"),
    namedCauseChainShare: namedBy("blocked-workers", "cause chain"),
    namedCauseChainInnocentShare: namedBy("slow-dependency", "cause chain"),
    namedAsyncStacksShare: namedBy("blocked-workers", "async stacks"),
    namedContextShare: namedBy("blocked-workers", "context"),
    accusedShare: accused.estimate,
    accusedLowShare: accused.low,
    accusedWronglyShare: accusedWrongly.estimate,
    accusedWronglyHighShare: accusedWrongly.high,
    busyShare: blameShare(dataset, "busy", guilty).estimate,
    busyInnocentShare: blameShare(dataset, "busy", innocent).estimate,
    starvedLeastShare: least(starvedShares(failuresOf(plain, guilty.cause))),
    starvedMostInnocentShare: most(starvedShares(failuresOf(plain, innocent.cause))),
  };
}

function countRuns(samples: readonly BlameSample[]): number {
  return new Set(samples.map(({ run }) => run)).size;
}

function failuresOf(samples: readonly BlameSample[], cause: BlameSample["cause"]): BlameSample[] {
  return samples.filter((row) => row.cause === cause && row.outcome !== "completed");
}

/** Shares of each failed operation's time in which it waited while every worker was held. */
function starvedShares(failures: readonly BlameSample[]): number[] {
  return failures.map(({ starvedNs, latencyNs }) => starvedNs / latencyNs);
}

function least(shares: readonly number[]): number | null {
  return shares.length === 0 ? null : Math.min(...shares);
}

function most(shares: readonly number[]): number | null {
  return shares.length === 0 ? null : Math.max(...shares);
}

import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, type Judgement, undecided, within } from "../../ledger/judge.ts";
import { type Estimate, geometricFactorOf } from "../../summary/estimate.ts";
import { rowsOf } from "../../summary/rows.ts";
import { computingShare, type SourceHold, type SourcesData, sourceHolds, sourceProbes } from "./analysis.ts";
import type { HoldClass } from "./blocking-source.ts";

const notebook = "11-blocking-sources";
const experiment = "blocking-sources";

/** What a host's data can say about calls that hold a worker, whatever they are. */
export const blockingSourcesClaims: readonly Claim<SourcesData>[] = [
  {
    id: "blocking-sources-all-starve",
    statement:
      "Every source that holds a worker for 20 ms or more at least triples p75 of the others' delay once it holds every worker.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a worker that is held runs nothing else, whatever holds it",
    },
    experiment,
    evidence: { notebook, cell: "sources-probes" },
    margin: "p75 of the probes at K = W over K = W − 1, of every source: at least 3",
    needs: "every source with 1 and 2 callers on 2 workers, mean hold at least 20 ms",
    judge: (data) => every(grown(data, "factor").map((one) => judged(one, atLeast, 3))),
  },
  {
    id: "blocking-sources-free-worker",
    statement:
      "While one worker is free, none that holds the other for 20 ms or more as much as triples p75 of the others' delay.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "the pool hands each probe to the free worker, and one computing call leaves a core to run it",
    },
    experiment,
    evidence: { notebook, cell: "sources-probes" },
    margin: "p75 of the probes at K = W − 1 over K = 0, of every source: at most 3",
    needs: "every source with 0 and 1 callers on 2 workers, mean hold at least 20 ms",
    judge: (data) => every(grown(data, "belowFactor").map((one) => judged(one, atMost, 3))),
  },
  {
    id: "blocking-sources-kind-does-not-matter",
    statement:
      "Beside holds that compute and holds that wait, the others' delay as a share of the hold is the same to within a factor of two.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a probe waits until a worker is free again; what the worker does meanwhile is nothing to it",
    },
    experiment,
    evidence: { notebook, cell: "sources-probes" },
    margin:
      "p75 of the probes at K = W over the mean hold: computing sources over parked ones, within 0.5 to 2",
    needs: "at least two parked and two computing sources with 2 callers on 2 workers",
    judge: (data) => within(feltByClass(data), 0.5, 2),
  },
  {
    id: "blocking-sources-cpu-tells-class",
    statement:
      "Of calls that hold a worker for 20 ms or more, the CPU time of the thread is less than half of every one that was expected to park and more than half of every other.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a parked thread gets no core and a computing one keeps one while there are enough",
    },
    experiment,
    evidence: { notebook, cell: "sources-holds" },
    margin: `CPU time over held time with one caller: of every source expected to park at most ${computingShare}, of every other at least ${computingShare}`,
    needs: "every source with 1 caller on 2 workers, mean hold at least 20 ms",
    judge: (data) =>
      every([
        ...cpuShares(data, "parked").map((one) => judged(one, atMost, computingShare)),
        ...cpuShares(data, "computing").map((one) => judged(one, atLeast, computingShare)),
      ]),
  },
];

/** Shorter holds, such as parsing one megabyte, may be lost among the delays of a healthy pool. */
const leastHoldMs = 20;

function longHolds(data: SourcesData): SourceHold[] {
  return sourceHolds(data).filter(({ holdMs }) => Number(holdMs) >= leastHoldMs);
}

/** An estimate of one source. */
interface OfSource extends Estimate {
  readonly source: string;
}

/** By which factor the probes' p75 grew beside each source. */
function grown(data: SourcesData, column: "factor" | "belowFactor"): OfSource[] {
  const long = new Set(longHolds(data).map(({ source }) => source));
  return sourceProbes(data)
    .filter(({ source }) => long.has(source))
    .map((row) => ({
      source: row.source,
      estimate: row[column],
      low: row[`${column}Low` as const],
      high: row[`${column}High` as const],
    }));
}

function cpuShares(data: SourcesData, expected: HoldClass): OfSource[] {
  return rowsOf(longHolds(data), { expected }).map((row) => ({
    source: row.source,
    estimate: row.cpuShare,
    low: row.cpuLowShare,
    high: row.cpuHighShare,
  }));
}

function feltByClass(data: SourcesData): Estimate {
  const rows = sourceProbes(data);
  const ofClass = (expected: HoldClass) =>
    rowsOf(rows, { expected }).flatMap(({ feltShare }) =>
      feltShare === null ? [] : [Float64Array.of(feltShare)],
    );
  return geometricFactorOf(ofClass("computing"), ofClass("parked"));
}

function judged(
  { source, ...estimate }: OfSource,
  judge: (estimate: Estimate, bound: number) => Judgement,
  bound: number,
): [string, Judgement] {
  return [source, judge(estimate, bound)];
}

/** All sources must hold. */
function every(sources: readonly [string, Judgement][]): Judgement {
  return sources.length === 0
    ? undecided("no source holds a worker for 20 ms or more")
    : allOf(Object.fromEntries(sources));
}

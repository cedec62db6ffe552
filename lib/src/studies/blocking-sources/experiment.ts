import { around, cross } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { type BlockingSourcesScenario, runBlockingSources } from "./run.ts";
import { type SourceName, sourceNames, blockingSources as sources } from "./sources.ts";

const workers = 2;

/** Declares the sources of blocking, each on a pool of two workers: the cores of the smallest host. */
export function experiment() {
  return defineExperiment({
    name: "blocking-sources",
    question:
      "Which real calls hold a worker, for how long, with or without a core, and what do others feel?",
    factors: {
      source: {
        unit: "",
        meaning: `the call that holds a worker (${sources.map(({ name, meaning }) => `${name}: ${meaning}`).join("; ")})`,
        levels: sourceNames,
      },
      workers: { unit: "1", meaning: "threads in the pool", levels: [workers] },
    },
    response,
    primary: { rule: "p99", durationsNs: starvedProbes },
    design,
    expectedMs,
    run: runBlockingSources,
  });
}

function design(profile: Profile): readonly DesignPart<BlockingSourcesScenario>[] {
  const fixed = { workers };
  const grid = (names: readonly SourceName[]) => cross({ source: names });
  switch (profile) {
    case "smoke":
      return [around("base", grid(["atomics-wait", "scrypt-sync"]), fixed, {}, 1)];
    case "quick":
      return [around("base", grid(representatives), fixed, {}, 3)];
    case "full":
      return [around("base", grid(sourceNames), fixed, {}, 7)];
  }
}

/** One of each family, some parked and some computing. */
const representatives = [
  "atomics-wait",
  "read-slow-pipe",
  "scrypt-sync",
  "ffi-qsort",
  "pg-certificate",
] as const satisfies readonly SourceName[];

function expectedMs({ source }: BlockingSourcesScenario): number {
  return longCallsMs[source] ?? 1900;
}

/** Time of the runs whose calls last longer than their window. */
const longCallsMs: Partial<Record<SourceName, number>> = {
  "structured-clone-64mb": 9000,
  "json-parse-64mb": 5500,
  "sort-strings": 3300,
};

/** What the probes felt while every worker had a caller. */
function starvedProbes({ overheadNs, callers }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(
    Array.from(overheadNs).flatMap((ns, row) => (ns === null || callers[row] !== workers ? [] : [ns])),
  );
}

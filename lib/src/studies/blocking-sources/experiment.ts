import { around, cross } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile, Scenario } from "../../design/experiment.ts";
import { columnOf } from "../../tables/column-of.ts";
import type { Columns, Schema } from "../../tables/schema.ts";
import { type BlockingSourcesScenario, runBlockingSources } from "./run.ts";
import { blockingSource, blockingSources as sources } from "./sources.ts";

const response: Schema = {
  family: { type: "category", unit: "", meaning: "family of the source: sleep, io, cpu, ffi or sly" },
  expected: { type: "category", unit: "", meaning: "what we expect of the held thread: parked or computing" },
  kind: { type: "category", unit: "", meaning: "call of the source, or poll of a probe" },
  callers: {
    type: "uint8",
    unit: "1",
    meaning: "callers that kept holding workers at that time: 0, workers − 1 or workers, in seeded order",
  },
  number: { type: "uint8", unit: "1", meaning: "number of the caller or probe" },
  round: { type: "uint16", unit: "1", meaning: "number of the call or poll within its caller or probe" },
  worker: { type: "uint8", unit: "1", meaning: "worker that ran it" },
  heldNs: {
    type: "int64",
    unit: "ns",
    meaning: "how long the call held its worker; null for probes",
    nullable: true,
  },
  cpuNs: {
    type: "int64",
    unit: "ns",
    meaning:
      "CPU time of the worker's thread during the call, counted in steps of up to 4 ms; null for probes",
    nullable: true,
  },
  dispatchNs: {
    type: "int64",
    unit: "ns",
    meaning: "handed to the pool − due; null for calls, which are never late",
    nullable: true,
  },
  overheadNs: {
    type: "int64",
    unit: "ns",
    meaning: "started − due of a probe's poll; null for calls",
    nullable: true,
  },
};

const workers = 2;

/** Declares the sources of blocking, each on a pool of two workers: the cores of the smallest host. */
export function experiment(): Experiment {
  return {
    name: "blocking-sources",
    question:
      "Which real calls hold a worker, for how long, with or without a core, and what do others feel?",
    factors: {
      source: {
        unit: "",
        meaning: `the call that holds a worker (${sources.map(({ name, meaning }) => `${name}: ${meaning}`).join("; ")})`,
        levels: sources.map(({ name }) => name),
      },
      workers: { unit: "1", meaning: "threads in the pool", levels: [workers] },
    },
    response,
    primary: { rule: "p99", durationsNs: starvedProbes },
    design,
    expectedMs,
    run: (scenario, seed) => runBlockingSources(scenario as unknown as BlockingSourcesScenario, seed),
  };
}

function design(profile: Profile): readonly DesignPart[] {
  const fixed = { workers };
  const grid = (names: readonly string[]) => cross({ source: names });
  switch (profile) {
    case "smoke":
      return [around("base", grid(["atomics-wait", "scrypt-sync"]), fixed, {}, 1)];
    case "quick":
      return [around("base", grid(representatives), fixed, {}, 3)];
    case "full":
      return [around("base", grid(sources.map(({ name }) => name)), fixed, {}, 7)];
  }
}

/** One of each family, some parked and some computing. */
const representatives = ["atomics-wait", "read-slow-pipe", "scrypt-sync", "ffi-qsort", "pg-certificate"];

function expectedMs({ source }: Scenario): number {
  return longCallsMs[blockingSource(String(source)).name] ?? 1900;
}

/** Time of the runs whose calls last longer than their window. */
const longCallsMs: Readonly<Record<string, number>> = {
  "structured-clone-64mb": 9000,
  "json-parse-64mb": 5500,
  "sort-strings": 3300,
};

/** What the probes felt while every worker had a caller. */
function starvedProbes(samples: Columns): Float64Array {
  const overheads = columnOf(samples, "overheadNs");
  const callers = columnOf(samples, "callers");
  return Float64Array.from(
    Array.from(overheads, Number).filter((_, row) => overheads[row] !== null && callers[row] === workers),
  );
}

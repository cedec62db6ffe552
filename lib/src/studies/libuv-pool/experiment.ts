import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile, type RunResult } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import { quantile } from "../../stats/quantile.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf, Schema } from "../../tables/schema.ts";
import { type LibuvBlocker, libuvBlockers, libuvVictims } from "./libuv-operations.ts";
import type { LibuvPoolJob, LibuvRecord } from "./pool-messages.ts";
import { runOnLibuvPool } from "./pool-process.ts";

export interface LibuvPoolScenario {
  readonly threads: number;
  readonly blocking: LibuvBlocker;
  readonly blockers: number;
}

const sizes = [2, 4, 8] as const;
const blockMs = 50;
const victims = namesOf(libuvVictims);

/** Operations of each kind, called at random moments of the window, so that they see the pool as time does. */
const arrivalsPerVictim = 250;
const windowMs = 500;
/** The blockers have the pool to themselves first, until each of them has begun. */
const leadMs = 2 * blockMs;

const response = {
  operation: {
    type: "category",
    unit: "",
    meaning: "fs.stat, dns.lookup, crypto.randomBytes, or blocker: one call that holds a thread for 50 ms",
  },
  dueNs: { type: "int64", unit: "ns", meaning: "when the call was to be made, since the run's origin" },
  dispatchNs: { type: "int64", unit: "ns", meaning: "called − due: what the timer took" },
  waitNs: {
    type: "int64",
    unit: "ns",
    meaning: "ended − called: wait for a thread, the operation itself, and the way back to the event loop",
  },
} as const satisfies Schema;

/** Declares the blocker sweep of the thread pool behind Node's own asynchronous calls. */
export function experiment() {
  return defineExperiment({
    name: "libuv-pool",
    question: "From how many blocking calls on do Node's own asynchronous operations wait for a thread?",
    factors: {
      threads: { unit: "1", meaning: "threads in libuv's pool (UV_THREADPOOL_SIZE)", levels: sizes },
      blocking: {
        unit: "",
        meaning:
          "foreign-call: FFI that sleeps 50 ms; slow-lookup: dns.lookup through a name server that answers after 50 ms",
        levels: namesOf(libuvBlockers),
      },
      blockers: {
        unit: "1",
        meaning: "callers that repeat a blocking call, a new one when the last ended",
        levels: range(0, Math.max(...sizes) + 2),
      },
    },
    response,
    primary: { rule: "p99", durationsNs: statWaits },
    design,
    expectedMs: () => 350 + 350 + leadMs + windowMs + 2 * blockMs,
    run,
  });
}

function design(profile: Profile): readonly DesignPart<LibuvPoolScenario>[] {
  const sweep = (blocking: LibuvBlocker, threads: number, blockers: readonly number[]) =>
    cross({ threads: [threads], blocking: [blocking], blockers });
  switch (profile) {
    case "smoke":
      return [
        around("base", sweep("foreign-call", 2, [2]), {}, {}, 1),
        around("slow I/O", sweep("slow-lookup", 2, [1]), {}, {}, 1),
      ];
    case "quick":
      return [
        around("base", sweep("foreign-call", 4, [0, 3, 4, 6]), {}, {}, 3),
        around("slow I/O", sweep("slow-lookup", 4, [1, 2, 4]), {}, {}, 3),
      ];
    case "full":
      return [
        around(
          "base",
          [
            ...sweep("foreign-call", 2, range(0, 4)),
            ...sweep("foreign-call", 4, range(0, 6)),
            ...sweep("foreign-call", 8, [0, 2, 4, 6, 7, 8, 9, 10]),
          ],
          {},
          {},
          7,
        ),
        around(
          "slow I/O",
          [
            ...sweep("slow-lookup", 2, [0, 1, 2, 4]),
            ...sweep("slow-lookup", 4, [0, 1, 2, 3, 4]),
            ...sweep("slow-lookup", 8, [0, 3, 4, 5, 8]),
          ],
          {},
          {},
          7,
        ),
      ];
  }
}

async function run(
  { threads, blocking, blockers }: LibuvPoolScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const job: LibuvPoolJob = {
    blocking,
    blockMs,
    blockerStartsMs: range(1, blockers).map(() => random() * blockMs),
    arrivals: victims.flatMap((victim) =>
      range(1, arrivalsPerVictim).map(() => ({ victim, dueMs: leadMs + random() * windowMs })),
    ),
  };
  const records = await runOnLibuvPool(threads, job);
  const operations = records.filter(({ kind }) => kind !== "blocker");
  const lateness = quantile(
    operations.map(({ calledNs, dueNs }) => calledNs - dueNs),
    0.99,
    { minTail: 1 },
  );
  return {
    samples: toSamples(records),
    lostSamples: job.arrivals.length - operations.length,
    dispatcherDelayP99Ns: lateness && Math.round(lateness.estimate),
  };
}

function toSamples(records: readonly LibuvRecord[]): ColumnsOf<typeof response> {
  const nanoseconds = (value: (record: LibuvRecord) => number) =>
    Float64Array.from(records, (record) => Math.round(value(record)));
  return {
    operation: records.map(({ kind }) => kind),
    dueNs: nanoseconds(({ dueNs }) => dueNs),
    dispatchNs: nanoseconds(({ calledNs, dueNs }) => calledNs - dueNs),
    waitNs: nanoseconds(({ endedNs, calledNs }) => endedNs - calledNs),
  };
}

function statWaits({ operation, waitNs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(waitNs).filter((_, row) => operation[row] === "fs.stat");
}

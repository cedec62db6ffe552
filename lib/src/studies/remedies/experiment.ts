import { around, cross } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { blockingJobNames } from "./blocking-jobs.ts";
import { remedyNames } from "./remedy-routes.ts";
import { response } from "./response.ts";
import { callPatterns, type RemediesScenario, runRemedies, workers } from "./run.ts";

/** Declares the comparison of remedies on one workload. */
export function experiment() {
  return defineExperiment({
    name: "remedies",
    question:
      "What does each remedy for blocking work do for the victims, for the work itself, and what does it cost?",
    factors: {
      job: {
        unit: "",
        meaning:
          "the blocking work, 50 ms of it: sleep (Atomics.wait), read (fs.readSync of late data), compute, foreign-call (FFI usleep); or nothing",
        levels: blockingJobNames,
      },
      remedy: { unit: "", meaning: "what is done about it", levels: remedyNames },
      callers: {
        unit: "",
        meaning:
          "patient: six callers, each sends its next job when the last has ended; hurried: jobs come at random, 60 a second, and each is given up after 150 ms; single: one caller, no victims; none",
        levels: namesOf(callPatterns),
      },
      payloadKiB: {
        unit: "KiB",
        meaning: "what a job takes along, copied to the worker",
        levels: [0, 64, 1024],
      },
    },
    response,
    primary: { rule: "p99", durationsNs: victimDelays },
    design,
    expectedMs,
    run: runRemedies,
  });
}

/**
 * Which remedy is tried on which work. A computation has no asynchronous equivalent. A foreign call has no place for a
 * yield; the read stands for every single call that only a yield before and after can be put around.
 */
const pairs = {
  sleep: ["as-is", "async", "await-in-task", "isolated", "chunked", "admission"],
  read: ["as-is", "async", "await-in-task", "isolated", "chunked", "admission"],
  compute: ["as-is", "isolated", "chunked", "admission"],
  "foreign-call": ["as-is", "async", "isolated", "admission"],
} as const satisfies Partial<Record<RemediesScenario["job"], readonly RemediesScenario["remedy"][]>>;

function design(profile: Profile): readonly DesignPart<RemediesScenario>[] {
  const plain = { payloadKiB: 0 };
  const patient = namesOf(pairs).flatMap((job) =>
    cross({ job: [job], remedy: pairs[job], callers: ["patient"] }),
  );
  const control = cross({ job: ["nothing"], remedy: ["as-is"], callers: ["none"] });
  switch (profile) {
    case "smoke":
      return [
        around("base", cross({ job: ["sleep"], remedy: ["isolated"], callers: ["patient"] }), plain, {}, 1),
        around("cost", cross({ job: ["nothing"], remedy: ["chunked"], callers: ["single"] }), plain, {}, 1),
      ];
    case "quick":
      return [
        around("base", [...control, ...patient.filter(({ job }) => job !== "sleep")], plain, {}, 1),
        around("cost", cost(["inline", "as-is", "isolated", "chunked"]), plain, {}, 1),
      ];
    case "full":
      return [
        around("base", [...control, ...patient], plain, {}, 8),
        around(
          "deadlines",
          hurried(["sleep"], ["as-is", "abort-at-deadline", "abort-in-time"]),
          plain,
          {},
          12,
        ),
        around(
          "deadlines of other work",
          [
            ...hurried(["read", "foreign-call"], ["as-is", "abort-in-time"]),
            ...hurried(["compute"], ["as-is", "abort-at-deadline", "abort-in-time"]),
          ],
          plain,
          {},
          7,
        ),
        around(
          "cost",
          cost(["inline", "as-is", "async", "isolated", "chunked", "admission", "abort-in-time"]),
          plain,
          {},
          7,
        ),
        around("payload", cost(["isolated"]), { payloadKiB: 64 }, { payloadKiB: [64, 1024] }, 7),
      ];
  }
}

function hurried(job: readonly RemediesScenario["job"][], remedy: readonly RemediesScenario["remedy"][]) {
  return cross({ job, remedy, callers: ["hurried"] });
}

function cost(remedy: readonly RemediesScenario["remedy"][]) {
  return cross({ job: ["nothing"], remedy, callers: ["single"] });
}

function expectedMs({ callers, job }: RemediesScenario): number {
  const { windowMs } = callPatterns[callers];
  const backlogMs = callers === "hurried" ? windowMs / 2 : 200;
  return 350 + 150 + windowMs + backlogMs + (job === "compute" ? 50 * workers : 0);
}

/** Waits of the probes; with a single caller there are none, and what decides is the cost of a job. */
function victimDelays({ kind, delayNs }: ColumnsOf<typeof response>): Float64Array {
  const decisive = kind.includes("probe") ? "probe" : "job";
  return Float64Array.from(delayNs).filter((_, row) => kind[row] === decisive);
}

import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { executorNames } from "../../executor/executors.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { type IntrospectionScenario, runIntrospection, sleepMs, sleeps } from "./run.ts";

/** Declares the comparison of instruments for the given worker counts. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
    name: "introspection",
    question:
      "Which instruments see that the workers are held, which are blind, which accuse a healthy worker?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: executorNames },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker over and over, out of step",
        levels: range(0, Math.max(...workerCounts)),
      },
      hold: {
        unit: "",
        meaning: "parked: each hold sleeps 50 ms; computing: each hold derives a key with scrypt",
        levels: ["parked", "computing"],
      },
      atomics: {
        unit: "",
        meaning:
          "how an idle worker of Piscina waits for a message: sync (its default) parks the thread, async does not",
        levels: ["sync", "async"],
      },
    },
    response,
    primary: { rule: "p99", durationsNs: scheduledPerPoll },
    design: (profile) => design(profile, workerCounts),
    expectedMs,
    run: runIntrospection,
  });
}

const base = { hold: "parked", atomics: "sync" } as const;

function design(
  profile: Profile,
  workerCounts: readonly number[],
): readonly DesignPart<IntrospectionScenario>[] {
  const main = mainWorkerCount(workerCounts);
  const fewest = Math.min(...workerCounts);
  const grid = (workers: number, blockers: readonly number[] = [0, workers - 1, workers]) =>
    cross({ executor: executorNames, workers: [workers], blockers: [...new Set(blockers)] });
  switch (profile) {
    case "smoke":
      return [around("base", grid(fewest, [fewest]), base, {}, 1)];
    case "quick":
      // Pinned tasks have no saturation point to see, and twice the run time.
      return [
        around(
          "base",
          grid(main).filter(({ executor }) => executor !== "pinned"),
          base,
          {},
          3,
        ),
      ];
    case "full":
      return [
        around("base", grid(main), base, {}, 8),
        // No more computing threads than the smallest host has cores.
        around("hold", grid(fewest), base, { hold: ["computing"] }, 8),
        around("atomics", grid(main).filter(onPiscina), base, { atomics: ["async"] }, 8),
      ];
  }
}

function onPiscina({ executor }: Pick<IntrospectionScenario, "executor">): boolean {
  return executor === "piscina";
}

function expectedMs({ executor, workers, blockers }: IntrospectionScenario): number {
  const startMs = 400;
  const starved = executor === "pinned" ? blockers > 0 : blockers >= workers;
  return startMs + sleeps * (sleepMs + 1 + (starved ? 22 : 0)) + (blockers > 0 ? 50 : 0);
}

/** Mean time that each probe's polls were scheduled but not running. */
function scheduledPerPoll({ kind, polls, schedNs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(schedNs, (ns, row) => Number(ns) / Number(polls[row])).filter(
    (_, row) => kind[row] === "probe",
  );
}

import { around, cross } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { runWatch, stallsPerRun, type WatchScenario } from "./run.ts";
import { poolNames } from "./watched-pools.ts";

/** Declares the question whether the watch tells who starves whom, when nobody does, and at what cost. */
export function experiment() {
  return defineExperiment({
    name: "watch",
    question: "Does the watch name whoever starves a pool, nobody else, in time, and at what cost?",
    factors: {
      pool: { unit: "", meaning: "Piscina, or workers and a queue made by hand", levels: poolNames },
      workers: { unit: "1", meaning: "threads in the pool", levels: [2, 4] },
      source: {
        unit: "",
        meaning:
          "what holds every worker for 20–200 ms; one-free: all but one; main-thread, libuv: 150–350 ms; none: healthy load; service: load with and without the watch",
        levels: [...workerSources, "one-free", "main-thread", "libuv", "none", "service"],
      },
      seconds: { unit: "s", meaning: "length of the load; 0 for stalls", levels: [0, 1, 12, 45] },
    },
    response,
    primary: { rule: "failureRate", count: countWrong },
    design,
    expectedMs,
    run: runWatch,
  });
}

const workerSources = ["parked", "computing", "foreign-call", "wait-in-c", "collecting"] as const;

function design(profile: Profile): readonly DesignPart<WatchScenario>[] {
  const stalls = (pool: readonly WatchScenario["pool"][], workers: readonly number[]) => [
    ...cross({ pool, workers, source: [...workerSources, "one-free"], seconds: [0] }),
    ...cross({ pool: ["piscina"], workers: [2], source: ["main-thread", "libuv"], seconds: [0] }),
  ];
  const loads = (source: "none" | "service", workers: readonly number[], seconds: number) =>
    cross({ pool: poolNames, workers, source: [source], seconds: [seconds] });
  switch (profile) {
    case "smoke":
      return [
        around(
          "stalls",
          cross({ pool: ["piscina"], workers: [2], source: ["parked"], seconds: [0] }),
          {},
          {},
          1,
        ),
        around(
          "cost",
          cross({ pool: ["hand-made"], workers: [2], source: ["service"], seconds: [1] }),
          {},
          {},
          1,
        ),
      ];
    case "quick":
      return [
        around("stalls", stalls(poolNames, [2]), {}, {}, 2),
        around("healthy", loads("none", [2], 1), {}, {}, 2),
        around("cost", loads("service", [2], 12), {}, {}, 2),
      ];
    case "full":
      return [
        around("stalls", stalls(poolNames, [2, 4]), {}, {}, 12),
        around("healthy", loads("none", [2, 4], 45), {}, {}, 20),
        around("cost", loads("service", [2, 4], 12), {}, {}, 12),
      ];
  }
}

/** Stalls that were not laid on who made them, or that nobody made, and stretches of healthy load with an incident. */
function countWrong({ kind, expected, blamed, incidents }: ColumnsOf<typeof response>): {
  failed: number;
  trials: number;
} {
  const wrong = Array.from(kind, (each, row) =>
    each === "stall" ? blamed[row] !== expected[row] : each === "healthy" && incidents[row] !== 0,
  );
  return { failed: wrong.filter(Boolean).length, trials: wrong.length };
}

function expectedMs({ source, seconds }: WatchScenario): number {
  const startMs = 900;
  if (seconds > 0) return startMs + seconds * 1000 * (source === "service" ? 13 / 12 : 1) + 200;
  const stallMs = source === "main-thread" || source === "libuv" ? 250 : 110;
  return startMs + (stallsPerRun + 1) * (stallMs + 100);
}

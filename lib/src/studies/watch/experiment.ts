import { around, cross } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { runtimeFlags } from "../../executor/runtime-flags.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { runWatch, stallsPerRun, type WatchScenario } from "./run.ts";
import { stretchPairs } from "./watch-cost.ts";
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
          "what holds every worker for 20–200 ms; one-free: all but one; main-thread, libuv: 150–350 ms; none: healthy load; tiny-tasks, service: tasks of nothing and of 1 ms, with and without the watch; million-tasks: tasks of nothing",
        levels: [
          ...workerSources,
          "one-free",
          "main-thread",
          "libuv",
          "none",
          "tiny-tasks",
          "service",
          "million-tasks",
        ],
      },
      seconds: { unit: "s", meaning: "length of the load; 0 where a number ends it", levels: [0, 1, 12, 30] },
    },
    response,
    primary: { rule: "failureRate", count: countWrong },
    design,
    expectedMs,
    flags: ({ source }) => (isLoad(source) ? [] : runtimeFlags),
    run: runWatch,
  });
}

const workerSources = ["parked", "computing", "foreign-call", "wait-in-c", "collecting"] as const;

function design(profile: Profile): readonly DesignPart<WatchScenario>[] {
  const stalls = (pool: readonly WatchScenario["pool"][], workers: readonly number[]) => [
    ...cross({ pool, workers, source: [...workerSources, "one-free"], seconds: [0] }),
    ...cross({ pool: ["piscina"], workers: [2], source: ["main-thread", "libuv"], seconds: [0] }),
  ];
  const healthy = (workers: readonly number[], seconds: number) =>
    cross({ pool: poolNames, workers, source: ["none"], seconds: [seconds] });
  const services = (seconds: number) =>
    cross({ pool: poolNames, workers: [2], source: ["tiny-tasks", "service"], seconds: [seconds] });
  const million = cross({ pool: ["piscina"], workers: [2], source: ["million-tasks"], seconds: [0] });
  const part = (name: string, scenarios: readonly WatchScenario[], replicates: number) =>
    around(name, scenarios, {}, {}, replicates);
  switch (profile) {
    case "smoke":
      return [
        part("stalls", cross({ pool: ["piscina"], workers: [2], source: ["parked"], seconds: [0] }), 1),
        part("cost", cross({ pool: ["hand-made"], workers: [2], source: ["service"], seconds: [1] }), 1),
      ];
    case "quick":
      return [
        part("stalls", stalls(poolNames, [2]), 2),
        part("healthy", healthy([2], 1), 2),
        part("cost", services(1), 2),
      ];
    case "full":
      return [
        part("stalls", stalls(poolNames, [2, 4]), 4),
        part("healthy", healthy([2, 4], 30), 4),
        part("cost", services(12), 5),
        part("memory", million, 1),
      ];
  }
}

/** Load runs as a service does, with V8's own settings; stalls without its compiler's and collector's pauses. */
function isLoad(source: WatchScenario["source"]): boolean {
  return ["none", "tiny-tasks", "service", "million-tasks"].includes(source);
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
  if (source === "million-tasks") return startMs + 45_000;
  if (source === "none") return startMs + seconds * 1000 + 200;
  if (isLoad(source)) return startMs + seconds * 1000 * (1 + 1 / stretchPairs) + 200;
  const stallMs = source === "main-thread" || source === "libuv" ? 250 : 110;
  return startMs + (stallsPerRun + 1) * (stallMs + 100);
}

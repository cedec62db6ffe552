import { cross, range } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile, Scenario } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { executorNames } from "../../executor/executors.ts";
import { columnOf } from "../../tables/column-of.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { Columns, Schema } from "../../tables/schema.ts";
import { blockMs, blocks, runTokioDelay, sleepMs, sleeps, startMs, type TokioDelayScenario } from "./run.ts";

const response: Schema = {
  source: { type: "category", unit: "", meaning: "probe or blocker" },
  task: { type: "uint16", unit: "1", meaning: "number of the probe or blocker within its kind" },
  round: { type: "uint16", unit: "1", meaning: "number of the sleep within its probe; 0 for a blocker" },
  dispatchUs: {
    type: "int32",
    unit: "µs",
    meaning:
      "handed to the workers, on Tokio: woken, − due; null where nobody stands between timer and worker, and for a first poll",
    nullable: true,
  },
  overheadUs: { type: "int32", unit: "µs", meaning: "actual − requested sleep: started − due" },
  heldUs: { type: "int32", unit: "µs", meaning: "ended − started: how long the poll held its worker" },
  worker: { type: "uint8", unit: "1", meaning: "worker that ran the poll" },
};

const rearmings = ["contiguous", "yield", "sleep-1", "sleep-5", "sleep-10"];

/** Declares the blocker sweep by how blockers re-arm, on Tokio and on Node. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()): Experiment {
  return {
    name: "tokio-delay",
    question: "Does one free worker suffice, on Tokio and on Node, however blockers come back?",
    factors: {
      executor: { unit: "", meaning: "executor under study", levels: ["tokio", ...executorNames] },
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      lifoSlot: {
        unit: "",
        meaning: "whether a worker of Tokio keeps the task it woke last ahead of its queue; none: not Tokio",
        levels: ["on", "off", "none"],
      },
      probes: { unit: "1", meaning: "tasks that sleep 10 ms, ten times", levels: [50, 500] },
      blockers: {
        unit: "1",
        meaning: "tasks that hold a worker, from 20 ms on",
        levels: range(0, Math.max(...workerCounts) + 1),
      },
      rearm: {
        unit: "",
        meaning:
          "contiguous: one block of 250 ms; else blocks of 50 ms, between them a yield or a sleep of so many ms",
        levels: rearmings,
      },
      span: {
        unit: "",
        meaning: "five: 250 ms of blocks a blocker; sustained: blocks until the last probe has ended",
        levels: ["five", "sustained"],
      },
    },
    response,
    primary: { rule: "p99", durationsNs: probeOverheads },
    design: (profile) => design(profile, mainWorkerCount(workerCounts)),
    expectedMs: (scenario) => expectedMs(scenario as unknown as TokioDelayScenario),
    run: (scenario, seed) => runTokioDelay(scenario as unknown as TokioDelayScenario, seed),
  };
}

const onTokio = cross({ executor: ["tokio"], lifoSlot: ["on", "off"] });
const onNode = cross({ executor: executorNames, lifoSlot: ["none"] });

function design(profile: Profile, workers: number): readonly DesignPart[] {
  const part = (
    name: string,
    systems: readonly Scenario[],
    shape: Scenario,
    grid: readonly Scenario[],
    replicates: number,
  ): DesignPart => ({
    name,
    scenarios: systems.flatMap((system) =>
      grid.map((levels) => ({ ...system, workers, ...shape, ...levels })),
    ),
    replicates,
  });
  /** Without blockers nothing re-arms: one control for all. */
  const sweep = (rearm: readonly string[], blockers: readonly number[]) => [
    { blockers: 0, rearm: "yield" },
    ...cross({ blockers: blockers.filter((count) => count > 0), rearm }),
  ];
  const few = { probes: 50, span: "five" };
  const landmarks = [...new Set([1, workers - 1, workers, workers + 1])];
  const sustained = cross({ blockers: landmarks, rearm: rearmings.slice(1) });
  const systems = [...onTokio, ...onNode];

  switch (profile) {
    case "smoke":
      return [part("base", onTokio.slice(0, 1), few, [{ blockers: workers, rearm: "yield" }], 1)];
    case "quick": {
      const corner = sweep(["contiguous", "yield", "sleep-5"], [1, workers - 1, workers]);
      return [part("base", [...onTokio, ...onNode.slice(0, 1)], few, corner, 3)];
    }
    case "full": {
      // One dispatcher cannot carry 500 probes by message; Tokio, the run queue and the event loops can.
      const carriers = systems.filter(({ executor }) => executor !== "piscina");
      const many = sweep(["contiguous", "yield", "sleep-5"], landmarks);
      return [
        part("base", systems, few, sweep(rearmings, range(1, workers + 1)), 10),
        part("tasks", carriers, { probes: 500, span: "five" }, many, 7),
        part("sustained", systems, { probes: 50, span: "sustained" }, sustained, 7),
      ];
    }
  }
}

function expectedMs({ executor, blockers, workers, rearm, span }: TokioDelayScenario): number {
  const processMs = executor === "tokio" ? 250 : 350;
  const starved = executor === "pinned" ? blockers > 0 : blockers >= workers;
  const restMs = rearm.startsWith("sleep-") ? Number(rearm.slice("sleep-".length)) : 0;
  const blockedMs = span === "five" && blockers > 0 ? startMs + blocks * (blockMs + restMs) : 0;
  const laps = Math.max(1, Math.ceil(blockers / workers));
  return processMs + Math.max(laps * blockedMs, sleeps * (sleepMs + (starved ? laps * blockMs : 2)));
}

function probeOverheads(samples: Columns): Float64Array {
  const source = columnOf(samples, "source");
  const us = columnOf(samples, "overheadUs");
  return Float64Array.from(us, (value) => Number(value) * 1000).filter((_, row) => source[row] === "probe");
}

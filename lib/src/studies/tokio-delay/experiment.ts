import { cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { type Rearming, restMsOf } from "../../design/rearming-blockers.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { executorNames } from "../../executor/executors.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { blockMs, blocks, runTokioDelay, sleepMs, sleeps, startMs, type TokioDelayScenario } from "./run.ts";

const resting = ["yield", "sleep-1", "sleep-5", "sleep-10"] as const satisfies readonly Rearming[];
const rearmings = ["contiguous", ...resting] as const;

/** Declares the blocker sweep by how blockers re-arm, on Tokio and on Node. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  return defineExperiment({
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
    expectedMs,
    run: runTokioDelay,
  });
}

const onTokio = cross({ executor: ["tokio"], lifoSlot: ["on", "off"] });
const onNode = cross({ executor: executorNames, lifoSlot: ["none"] });

type System = Pick<TokioDelayScenario, "executor" | "lifoSlot">;
type Shape = Pick<TokioDelayScenario, "probes" | "span">;
type Blocking = Pick<TokioDelayScenario, "blockers" | "rearm">;

function design(profile: Profile, workers: number): readonly DesignPart<TokioDelayScenario>[] {
  const part = (
    name: string,
    systems: readonly System[],
    shape: Shape,
    grid: readonly Blocking[],
    replicates: number,
  ): DesignPart<TokioDelayScenario> => ({
    name,
    scenarios: systems.flatMap((system) =>
      grid.map((levels) => ({ ...system, workers, ...shape, ...levels })),
    ),
    replicates,
  });
  /** Without blockers nothing re-arms: one control for all. */
  const sweep = (rearm: readonly Blocking["rearm"][], blockers: readonly number[]): Blocking[] => [
    { blockers: 0, rearm: "yield" },
    ...cross({ blockers: [...new Set(blockers)].filter((count) => count > 0), rearm }),
  ];
  const few = { probes: 50, span: "five" } as const;
  const sustained = cross({
    blockers: [...new Set([workers - 1, workers])],
    rearm: ["yield", "sleep-5"] satisfies readonly Rearming[],
  });
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
      const many = sweep(["contiguous", "yield", "sleep-5"], [1, workers - 1, workers]);
      return [
        part("base", systems, few, sweep(rearmings, [1, workers - 1, workers]), 8),
        part("tasks", carriers, { probes: 500, span: "five" }, many, 7),
        part(
          "sustained",
          [...onTokio, ...onNode.slice(0, 1)],
          { probes: 50, span: "sustained" },
          sustained,
          7,
        ),
      ];
    }
  }
}

function expectedMs({ executor, blockers, workers, rearm, span }: TokioDelayScenario): number {
  const processMs = executor === "tokio" ? 250 : 350;
  const starved = executor === "pinned" ? blockers > 0 : blockers >= workers;
  const restMs = rearm === "contiguous" ? 0 : (restMsOf(rearm) ?? 0);
  const blockedMs = span === "five" && blockers > 0 ? startMs + blocks * (blockMs + restMs) : 0;
  const laps = Math.max(1, Math.ceil(blockers / workers));
  return processMs + Math.max(laps * blockedMs, sleeps * (sleepMs + (starved ? laps * blockMs : 2)));
}

function probeOverheads({ source, overheadUs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(overheadUs, (us) => us * 1000).filter((_, row) => source[row] === "probe");
}

import { cross } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { executorNames } from "../../executor/executors.ts";
import { compilerFlags, heapFlags } from "../../executor/runtime-flags.ts";
import { publishedWorkers } from "../../tables/main-workers.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { response } from "./response.ts";
import { ageMs, type ControlsScenario, rounds, runControls, sleepMs, sleepsOf } from "./run.ts";

const probe = {
  system: ["run-queue"],
  program: ["probe"],
  label: ["a"],
  workers: [publishedWorkers],
  tasks: [50],
  cores: ["as found"],
  heap: ["64 MB"],
  recording: ["on"],
  priority: ["equal"],
  compiler: ["no top tier"],
  age: ["fresh"],
} as const satisfies { [Name in keyof ControlsScenario]: readonly ControlsScenario[Name][] };

const timers = ["bare-timer", "futex-timer"] as const;
const systems = [...executorNames, "bare-timer"] as const;
const pingPongs = ["atomics", "messages"] as const;

/** Declares the controls: what the instrument itself does when there is nothing to find. */
export function experiment() {
  return defineExperiment({
    name: "controls",
    question: "What does the instrument report when there is nothing to find, and what does it cost?",
    factors: {
      system: {
        unit: "",
        meaning:
          "executor; bare-timer: setTimeout alone; futex-timer: a thread that waits on a futex alone; atomics, messages: ping-pong of two threads",
        levels: [...executorNames, ...timers, ...pingPongs],
      },
      program: {
        unit: "",
        meaning:
          "probe: 10 sleeps of 10 ms; long probe: 40 of them; yielder: 200 polls of nothing; ping-pong: 200 round trips",
        levels: ["probe", "long probe", "yielder", "ping-pong"],
      },
      label: { unit: "", meaning: "a name without a meaning: both are the same system", levels: ["a", "b"] },
      workers: { unit: "1", meaning: "threads in the pool", levels: [1, 2, publishedWorkers] },
      tasks: { unit: "1", meaning: "concurrent tasks", levels: [1, 20, 50, 500] },
      cores: {
        unit: "",
        meaning: "kept awake: a process a core spins at idle priority, so that none sleeps",
        levels: ["as found", "kept awake"],
      },
      heap: {
        unit: "",
        meaning: "young generation of every thread: 64 MB as in all experiments, or V8's default",
        levels: ["64 MB", "default"],
      },
      recording: { unit: "", meaning: "off: polls are neither stamped nor kept", levels: ["on", "off"] },
      priority: {
        unit: "",
        meaning: "dispatcher first: the kernel prefers the dispatching thread to the workers it wakes",
        levels: ["equal", "dispatcher first"],
      },
      compiler: {
        unit: "",
        meaning: "no top tier: without TurboFan, as in all experiments; top tier: with it, as Node starts",
        levels: ["no top tier", "top tier"],
      },
      age: {
        unit: "",
        meaning: `fresh: measured from the first poll; long-lived: after ${ageMs / 1000} s of the same load in the same threads`,
        levels: ["fresh", "long-lived"],
        before: "fresh",
      },
    },
    response,
    primary: { rule: "p99", durationsNs: durations },
    design,
    expectedMs,
    flags: ({ heap, compiler }) => [
      ...(heap === "default" ? [] : heapFlags),
      ...(compiler === "no top tier" ? compilerFlags : []),
    ],
    run: runControls,
  });
}

function design(profile: Profile): readonly DesignPart<ControlsScenario>[] {
  const labels = { system: systems, label: ["a", "b"] } as const;
  const floor = vary({ system: pingPongs, program: ["ping-pong"], workers: [1], tasks: [1] });
  const recording = vary({
    system: executorNames,
    program: ["yielder"],
    workers: [1],
    tasks: [20],
    recording: ["on", "off"],
  });
  switch (profile) {
    case "smoke":
      return [
        { name: "base", scenarios: vary({ label: labels.label }), replicates: 1 },
        { name: "floor", scenarios: floor, replicates: 1 },
        { name: "recording", scenarios: recording.slice(0, 2), replicates: 1 },
        { name: "futex", scenarios: vary({ system: ["futex-timer"] }), replicates: 1 },
        { name: "age", scenarios: vary({ age: ["long-lived"], compiler: ["top tier"] }), replicates: 1 },
      ];
    case "quick":
      return [
        { name: "base", scenarios: vary(labels), replicates: 3 },
        { name: "floor", scenarios: floor, replicates: 2 },
        { name: "recording", scenarios: recording, replicates: 2 },
        { name: "futex", scenarios: vary({ system: ["futex-timer"] }), replicates: 3 },
      ];
    case "full":
      return [
        { name: "base", scenarios: vary(labels), replicates: 15 },
        { name: "labels", ...labelled(["run-queue", "pinned", "bare-timer"]), replicates: 14 },
        { name: "labels on piscina", ...labelled(["piscina"]), replicates: 32 },
        { name: "floor", scenarios: floor, replicates: 8 },
        {
          name: "many",
          scenarios: [
            ...vary({ workers: [1, 2, publishedWorkers], tasks: [500] }),
            ...vary({ system: ["pinned", "bare-timer"], tasks: [500] }),
          ],
          replicates: 25,
        },
        {
          name: "cores",
          scenarios: [
            ...vary({ system: ["run-queue", "bare-timer"], tasks: [50, 500] }),
            ...floor.slice(0, 1),
          ].map((scenario) => ({ ...scenario, cores: "kept awake" as const })),
          replicates: 8,
        },
        {
          name: "priority",
          scenarios: vary({ tasks: [50, 500], priority: ["dispatcher first"] }),
          replicates: 25,
        },
        {
          name: "compiler",
          scenarios: [
            ...vary({ tasks: [50, 500], compiler: ["top tier"] }),
            ...vary({ system: ["bare-timer"], tasks: [500], compiler: ["top tier"] }),
          ],
          replicates: 25,
        },
        {
          name: "heap",
          scenarios: vary({ system: ["run-queue", "pinned"], tasks: [500], heap: ["default"] }),
          replicates: 8,
        },
        { name: "recording", scenarios: recording, replicates: 10 },
        {
          name: "futex",
          scenarios: vary({ system: ["futex-timer"], tasks: [50, 500] }),
          replicates: 25,
        },
        {
          name: "age",
          scenarios: [
            ...vary({ system: executorNames, compiler: ["top tier"], age: ["long-lived"] }),
            ...vary({ system: ["piscina", "pinned"], compiler: ["top tier"] }),
            ...vary({
              system: executorNames,
              program: ["yielder"],
              workers: [1],
              tasks: [20],
              compiler: ["top tier"],
              age: ["long-lived"],
            }),
          ],
          replicates: 8,
        },
      ];
  }
}

/**
 * Two labels of each system, with so many runs that p99 of one should differ surely from the other's by 0.2 ms. On the reference
 * host they come to that on the run queue and on pinned tasks, and to 0.3 ms on piscina and bare timers, whose p99 varies most from
 * run to run; longer runs see four times as much of the tail for twice the time.
 */
function labelled(system: readonly (typeof systems)[number][]) {
  return { scenarios: vary({ system, label: ["a", "b"], program: ["long probe"] }), fixed: true as const };
}

type Varied = { readonly [Name in keyof ControlsScenario]?: readonly ControlsScenario[Name][] };

/** The probe's scenario with other levels, crossed. */
function vary(levels: Varied): ControlsScenario[] {
  return cross({ ...probe, ...levels });
}

function expectedMs(scenario: ControlsScenario): number {
  const { program, cores, age } = scenario;
  const startMs = 350 + (cores === "kept awake" ? 450 : 0) + (age === "long-lived" ? ageMs : 0);
  const sleeps = sleepsOf(scenario);
  if (sleeps > 0) return startMs + sleeps * sleepMs + 60;
  return startMs + (program === "ping-pong" ? rounds * 1.4 : 100);
}

function durations({ kind, valueNs }: ColumnsOf<typeof response>): Float64Array {
  return Float64Array.from(valueNs).filter(
    (_, row) => kind[row] === "overhead" || kind[row] === "round-trip" || kind[row] === "yields",
  );
}

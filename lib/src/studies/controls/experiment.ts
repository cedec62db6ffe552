import { cross } from "../../design/design-parts.ts";
import type { DesignPart, Experiment, Profile, Scenario } from "../../design/experiment.ts";
import { executorNames } from "../../executor/executors.ts";
import { compilerFlags, heapFlags } from "../../executor/runtime-flags.ts";
import { columnOf } from "../../tables/column-of.ts";
import { publishedWorkers } from "../../tables/main-workers.ts";
import type { Columns, Schema } from "../../tables/schema.ts";
import { type ControlsScenario, rounds, runControls, sleepMs, sleeps } from "./run.ts";

const response: Schema = {
  kind: {
    type: "category",
    unit: "",
    meaning:
      "overhead of a probe's sleep; yields: a task's time for its polls; round-trip to another thread; kernel-wait: the dispatching thread ready without a core, within 10 ms; collection: a garbage collection on it",
  },
  task: {
    type: "uint16",
    unit: "1",
    meaning: "number of the task; null where there is none",
    nullable: true,
  },
  round: { type: "uint16", unit: "1", meaning: "number of the sleep or round trip", nullable: true },
  valueNs: {
    type: "int64",
    unit: "ns",
    meaning: "the duration; an overhead is negative when the timer fired early",
  },
  thereNs: {
    type: "int64",
    unit: "ns",
    meaning: "round-trip: the other thread's stamp − when the ball was sent",
    nullable: true,
  },
  count: {
    type: "uint32",
    unit: "1",
    meaning: "yields: polls of the task; kernel-wait: how often a core was taken from the thread",
    nullable: true,
  },
};

const probe = {
  system: "run-queue",
  program: "probe",
  label: "a",
  workers: publishedWorkers,
  tasks: 50,
  cores: "as found",
  heap: "64 MB",
  recording: "on",
  priority: "equal",
  compiler: "no top tier",
} as const satisfies ControlsScenario;

const systems = [...executorNames, "bare-timer"];
const pingPongs = ["atomics", "messages"];

/** Declares the controls: what the instrument itself does when there is nothing to find. */
export function experiment(): Experiment {
  return {
    name: "controls",
    question: "What does the instrument report when there is nothing to find, and what does it cost?",
    factors: {
      system: {
        unit: "",
        meaning: "executor; bare-timer: setTimeout alone; atomics, messages: ping-pong of two threads",
        levels: [...systems, ...pingPongs],
      },
      program: {
        unit: "",
        meaning: "probe: 10 sleeps of 10 ms; yielder: 200 polls of nothing; ping-pong: 200 round trips",
        levels: ["probe", "yielder", "ping-pong"],
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
    },
    response,
    primary: { rule: "p99", durationsNs: durations },
    design,
    expectedMs: (scenario) => expectedMs(scenario as unknown as ControlsScenario),
    flags: ({ heap, compiler }) => [
      ...(heap === "default" ? [] : heapFlags),
      ...(compiler === "no top tier" ? compilerFlags : []),
    ],
    run: (scenario, seed) => runControls(scenario as unknown as ControlsScenario, seed),
  };
}

function design(profile: Profile): readonly DesignPart[] {
  const labels = { system: systems, label: ["a", "b"] };
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
      ];
    case "quick":
      return [
        { name: "base", scenarios: vary(labels), replicates: 3 },
        { name: "floor", scenarios: floor, replicates: 2 },
        { name: "recording", scenarios: recording, replicates: 2 },
      ];
    case "full":
      return [
        { name: "base", scenarios: vary(labels), replicates: 15 },
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
          ].map((scenario) => ({ ...scenario, cores: "kept awake" })),
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
      ];
  }
}

/** The probe's scenario with other levels, crossed. */
function vary(levels: Parameters<typeof cross>[0]): Scenario[] {
  return cross(levels).map((varied) => ({ ...probe, ...varied }));
}

function expectedMs({ program, cores }: ControlsScenario): number {
  const startMs = 350 + (cores === "kept awake" ? 450 : 0);
  if (program === "probe") return startMs + sleeps * sleepMs + 60;
  return startMs + (program === "ping-pong" ? rounds * 1.4 : 100);
}

function durations(samples: Columns): Float64Array {
  const kind = columnOf(samples, "kind");
  return Float64Array.from(columnOf(samples, "valueNs"), Number).filter(
    (_, row) => kind[row] === "overhead" || kind[row] === "round-trip" || kind[row] === "yields",
  );
}

import { factorOf, meanOf, quantileOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { ControlsScenario } from "../run.ts";
import { type ControlsData, controlRuns } from "./control-runs.ts";

export type NoiseStep = ReturnType<typeof noiseSteps>[number];

type Levels = Partial<ControlsScenario> & Pick<ControlsScenario, "tasks">;

interface Step<Name extends string> {
  readonly step: Name;
  readonly kind: "overhead" | "round-trip";
  readonly levels: Levels;
}

const longLived = { compiler: "top tier", age: "long-lived" } as const;

const steps = [
  roundTrip("atomics", { system: "atomics" }),
  roundTrip("messages", { system: "messages" }),
  roundTrip("atomics, cores awake", { system: "atomics", cores: "kept awake" }),
  ...[50, 500].flatMap((tasks) => [
    overhead("bare timer", { system: "bare-timer", tasks }),
    overhead("futex timer", { system: "futex-timer", tasks }),
    overhead("bare timer, cores awake", { system: "bare-timer", tasks, cores: "kept awake" }),
    overhead("run queue", { system: "run-queue", tasks }),
    overhead("run queue, cores awake", { system: "run-queue", tasks, cores: "kept awake" }),
    overhead("bare timer, top tier", { system: "bare-timer", tasks, compiler: "top tier" }),
    overhead("run queue, top tier", { system: "run-queue", tasks, compiler: "top tier" }),
    overhead("run queue, long-lived", { system: "run-queue", tasks, ...longLived }),
    overhead("run queue, dispatcher first", { system: "run-queue", tasks, priority: "dispatcher first" }),
    overhead("run queue, 2 workers", { system: "run-queue", tasks, workers: 2 }),
    overhead("run queue, 1 worker", { system: "run-queue", tasks, workers: 1 }),
    overhead("run queue, small heap", { system: "run-queue", tasks, heap: "default" }),
    overhead("pinned", { system: "pinned", tasks }),
    overhead("pinned, small heap", { system: "pinned", tasks, heap: "default" }),
    overhead("pinned, top tier", { system: "pinned", tasks, compiler: "top tier" }),
    overhead("pinned, long-lived", { system: "pinned", tasks, ...longLived }),
    overhead("piscina", { system: "piscina", tasks }),
    overhead("piscina, top tier", { system: "piscina", tasks, compiler: "top tier" }),
    overhead("piscina, long-lived", { system: "piscina", tasks, ...longLived }),
  ]),
];

/**
 * Walks from the bare floor to each executor, one change a step, without any blocker: median and 99th percentile (ms),
 * the ratio of p99 to the bare timer's with as many tasks under the same compiler and to the futex timer's, and how long in 10 ms the dispatching
 * thread was ready and had no core (ms), with how often one was taken from it. The rows of a ping-pong are whole round trips.
 * Steps that were not measured have no row.
 */
export function noiseSteps(data: ControlsData) {
  return steps.flatMap(({ step, kind, levels }) => {
    const runs = controlRuns(data, kind, levels);
    if (runs.length === 0) return [];
    const { tasks, compiler = "no top tier" } = levels;
    const timer =
      kind === "overhead" ? controlRuns(data, kind, { system: "bare-timer", tasks, compiler }) : [];
    const futex = kind === "overhead" ? controlRuns(data, kind, { system: "futex-timer", tasks }) : [];
    return [
      {
        step,
        tasks,
        runs: runs.length,
        ...intervalColumns("p50", "Ms", quantileOf(runs, 0.5), 1e-6),
        ...intervalColumns("p99", "Ms", quantileOf(runs, 0.99), 1e-6),
        ...intervalColumns("ratio", "", factorOf(runs, timer, 0.99)),
        ...intervalColumns("futexRatio", "", factorOf(runs, futex, 0.99)),
        ...intervalColumns("wait", "Ms", meanOf(controlRuns(data, "kernel-wait", levels)), 1e-6),
        ...intervalColumns("preemptions", "", meanOf(controlRuns(data, "kernel-wait", levels, "count"))),
      },
    ];
  });
}

function roundTrip<const Name extends string>(step: Name, levels: Partial<ControlsScenario>): Step<Name> {
  return { step, kind: "round-trip", levels: { program: "ping-pong", workers: 1, tasks: 1, ...levels } };
}

function overhead<const Name extends string>(step: Name, levels: Levels): Step<Name> {
  return { step, kind: "overhead", levels };
}

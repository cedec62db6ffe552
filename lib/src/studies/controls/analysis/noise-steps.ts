import { type ColumnTable, from } from "arquero";
import type { CellQuery } from "../../../summary/cells.ts";
import { factorOf, meanOf, quantileOf, type Runs } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { Dataset } from "../../../tables/load.ts";
import { controlRuns } from "./control-runs.ts";

type Levels = NonNullable<CellQuery["where"]>;

interface Step {
  readonly step: string;
  readonly kind: "overhead" | "round-trip";
  readonly levels: Levels;
}

const steps: readonly Step[] = [
  ...(["atomics", "messages"] as const).map(
    (system): Step => ({
      step: system,
      kind: "round-trip",
      levels: { system, program: "ping-pong", workers: 1, tasks: 1 },
    }),
  ),
  {
    step: "atomics, cores awake",
    kind: "round-trip",
    levels: { system: "atomics", program: "ping-pong", workers: 1, tasks: 1, cores: "kept awake" },
  },
  ...[50, 500].flatMap((tasks): Step[] => [
    overhead("bare timer", { system: "bare-timer", tasks }),
    overhead("bare timer, cores awake", { system: "bare-timer", tasks, cores: "kept awake" }),
    overhead("run queue", { system: "run-queue", tasks }),
    overhead("run queue, cores awake", { system: "run-queue", tasks, cores: "kept awake" }),
    overhead("bare timer, top tier", { system: "bare-timer", tasks, compiler: "top tier" }),
    overhead("run queue, top tier", { system: "run-queue", tasks, compiler: "top tier" }),
    overhead("run queue, dispatcher first", { system: "run-queue", tasks, priority: "dispatcher first" }),
    overhead("run queue, 2 workers", { system: "run-queue", tasks, workers: 2 }),
    overhead("run queue, 1 worker", { system: "run-queue", tasks, workers: 1 }),
    overhead("run queue, small heap", { system: "run-queue", tasks, heap: "default" }),
    overhead("pinned", { system: "pinned", tasks }),
    overhead("pinned, small heap", { system: "pinned", tasks, heap: "default" }),
    overhead("piscina", { system: "piscina", tasks }),
  ]),
];

/**
 * Walks from the bare floor to each executor, one change a step, without any blocker: median and 99th percentile (ms),
 * the ratio of p99 to the bare timer's with as many tasks under the same compiler, and how long in 10 ms the dispatching
 * thread was ready and had no core (ms), with how often one was taken from it. The rows of a ping-pong are whole round trips.
 * Steps that were not measured have no row.
 */
export function noiseSteps(data: Dataset): ColumnTable {
  const rows = steps.flatMap(({ step, kind, levels }) => {
    const runs = controlRuns(data, kind, levels);
    if (runs.length === 0) return [];
    const tasks = Number(levels["tasks"]);
    const timer = kind === "overhead" ? bareTimer(data, tasks, levels["compiler"]) : [];
    return [
      {
        step,
        tasks,
        runs: runs.length,
        ...intervalColumns("p50", "Ms", quantileOf(runs, 0.5), 1e-6),
        ...intervalColumns("p99", "Ms", quantileOf(runs, 0.99), 1e-6),
        ...intervalColumns("ratio", "", factorOf(runs, timer, 0.99)),
        ...intervalColumns("wait", "Ms", meanOf(controlRuns(data, "kernel-wait", levels)), 1e-6),
        ...intervalColumns("preemptions", "", meanOf(controlRuns(data, "kernel-wait", levels, "count"))),
      },
    ];
  });
  return from(rows);
}

function overhead(step: string, levels: Levels): Step {
  return { step, kind: "overhead", levels };
}

function bareTimer(data: Dataset, tasks: number, compiler: Levels[string] = "no top tier"): Runs {
  return controlRuns(data, "overhead", { system: "bare-timer", tasks, compiler });
}

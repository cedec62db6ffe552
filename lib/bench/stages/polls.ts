import type { Executor, Records } from "../../src/executor/executor.ts";
import { executors } from "../../src/executor/executors.ts";
import type { BenchRow } from "../../src/tables/bench-results.ts";
import type { TaskSpec } from "../../src/workload/programs.ts";

/** Polls of one measurement, spread over its tasks. */
const usualPolls = 200_000;

/** What a poll of nothing costs, recorded, as tasks grow in number on four workers: the run queue, and one `pool.run` each. */
export function pollsByTasks(
  sizes: readonly number[] = [10, 100, 1000, 5000, 20_000],
  polls = usualPolls,
): Promise<BenchRow[]> {
  return measure(sizes, (tasks) => [tasks, 4], polls, "polls-by-tasks", "tasks");
}

/** The same as workers grow in number, for 1 000 tasks. */
export function pollsByWorkers(
  sizes: readonly number[] = [1, 2, 4, 16, 64],
  polls = usualPolls,
): Promise<BenchRow[]> {
  return measure(sizes, (workers) => [1000, workers], polls, "polls-by-workers", "workers");
}

async function measure(
  sizes: readonly number[],
  design: (size: number) => [tasks: number, workers: number],
  polls: number,
  stage: string,
  sizeUnit: string,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const size of sizes) {
    for (const candidate of ["run-queue", "piscina"] as const) {
      const [tasks, workers] = design(size);
      const cost = await nsOfPoll(
        executors[candidate],
        tasks,
        workers,
        candidate === "run-queue" ? polls : polls / 10,
      );
      const common = { stage, candidate, ours: candidate === "run-queue", size, sizeUnit };
      rows.push({ ...common, cost, costUnit: "ns a poll", memoryMiB: null });
    }
  }
  return rows;
}

async function nsOfPoll(run: Executor, tasks: number, workers: number, wanted: number): Promise<number> {
  const spec: TaskSpec = {
    program: "yielder",
    parameters: { polls: Math.max(1, Math.round(wanted / tasks)) },
  };
  const records = await run(new Array<TaskSpec>(tasks).fill(spec), workers);
  return wallNs(records) / records.polls.task.length;
}

function wallNs({ polls }: Records): number {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < polls.task.length; i++) {
    first = Math.min(first, polls.startedNs[i] as number);
    last = Math.max(last, polls.endedNs[i] as number);
  }
  return last - first;
}

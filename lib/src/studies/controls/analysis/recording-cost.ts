import { type ColumnTable, from } from "arquero";
import { differenceOf, factorOf, quantileOf, type Runs } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { Dataset } from "../../../tables/load.ts";
import { controlRuns } from "./control-runs.ts";

const executors = ["run-queue", "piscina", "pinned"] as const;

/**
 * Tells what recording costs, by executor: the median time of one poll that does nothing (ns) with every poll stamped
 * and kept, and with none, as their ratio and difference. All tasks of a run yield at once, so that a task's time holds
 * the polls of all.
 */
export function recordingCost(data: Dataset): ColumnTable {
  const rows = executors.flatMap((system) => {
    const [on, off] = (["on", "off"] as const).map((recording) => perPollNs(data, system, recording));
    if (!on || !off || on.length === 0 || off.length === 0) return [];
    return [
      {
        executor: system,
        runs: on.length + off.length,
        ...intervalColumns("on", "Ns", quantileOf(on, 0.5)),
        ...intervalColumns("off", "Ns", quantileOf(off, 0.5)),
        ...intervalColumns("ratio", "", factorOf(on, off, 0.5)),
        ...intervalColumns("cost", "Ns", differenceOf(on, off, 0.5)),
      },
    ];
  });
  return from(rows);
}

/** Takes the time of one poll among those of all tasks that yield at once (ns), one value a task, run by run. */
export function perPollNs(data: Dataset, system: string, recording: "on" | "off"): Runs {
  const where = { system, program: "yielder", workers: 1, tasks: 20, recording };
  const polls = controlRuns(data, "yields", where, "count");
  return controlRuns(data, "yields", where).map((times, run) => {
    const all = (polls[run] as Float64Array).reduce((sum, count) => sum + count, 0);
    return times.map((timeNs) => timeNs / all);
  });
}

import { type ExecutorName, executorNames } from "../../../executor/executors.ts";
import { factorOf, quantileOf, type Runs } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { type ControlLevels, type ControlsData, controlRuns } from "./control-runs.ts";
import { perPollNs } from "./instrument.ts";

export type AgedProcess = ReturnType<typeof agedProcesses>[number];

/** What a service has behind it after its first seconds. */
export const longLived = { compiler: "top tier", age: "long-lived" } as const;

/**
 * Sets long-lived processes against fresh ones, by executor: the median time of one poll that does nothing (ns) where 20
 * tasks yield at once, from which follows how many polls the executor carries, and p99 of the overhead of 50 probes (ms).
 */
export function agedProcesses(data: ControlsData) {
  return executorNames.flatMap((executor) => {
    const old = agedPolls(data, executor, "long-lived");
    if (old.length === 0) return [];
    const young = agedPolls(data, executor, "fresh");
    const probes = (levels: ControlLevels) => controlRuns(data, "overhead", { system: executor, ...levels });
    return [
      {
        executor,
        ...intervalColumns("fresh", "Ns", quantileOf(young, 0.5)),
        ...intervalColumns("longLived", "Ns", quantileOf(old, 0.5)),
        ...intervalColumns("ratio", "", factorOf(old, young, 0.5)),
        ...intervalColumns("freshP99", "Ms", quantileOf(probes({}), 0.99), 1e-6),
        ...intervalColumns("longLivedP99", "Ms", quantileOf(probes(longLived), 0.99), 1e-6),
        ...intervalColumns("tailRatio", "", factorOf(probes(longLived), probes({}), 0.99)),
      },
    ];
  });
}

/** Takes the time of one poll of a process of this age (ns), one value a task, run by run; a fresh one has no top tier. */
export function agedPolls(data: ControlsData, system: ExecutorName, age: "fresh" | "long-lived"): Runs {
  return perPollNs(data, system, age === "long-lived" ? longLived : {});
}

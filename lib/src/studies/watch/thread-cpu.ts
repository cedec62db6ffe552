import { readdirSync, readFileSync } from "node:fs";

/** CPU time of this process's threads since they began, by what they are there for (ns). */
export interface ThreadCpu {
  readonly mainCpuNs: number;
  readonly workersCpuNs: number;
  readonly watchCpuNs: number;
  readonly runtimeCpuNs: number;
}

/**
 * Reads what the kernel accounts for each thread, told apart by the names that Node.js gives them; null where it does not.
 * @see https://docs.kernel.org/scheduler/sched-stats.html /proc/<pid>/schedstat
 */
export function readThreadCpu(): ThreadCpu | null {
  const sums = { mainCpuNs: 0, workersCpuNs: 0, watchCpuNs: 0, runtimeCpuNs: 0 };
  try {
    for (const thread of readdirSync("/proc/self/task")) {
      const folder = `/proc/self/task/${thread}`;
      const cpuNs = Number(readFileSync(`${folder}/schedstat`, "utf8").split(" ")[0]);
      sums[placeOf(thread, readFileSync(`${folder}/comm`, "utf8").trim())] += cpuNs;
    }
    return sums;
  } catch {
    return null;
  }
}

/** Gives what was spent between two readings; null in all parts where one of them is missing. */
export function cpuBetween(
  from: ThreadCpu | null,
  to: ThreadCpu | null,
): { readonly [Part in keyof ThreadCpu]: number | null } {
  const spent = (part: keyof ThreadCpu) => (from === null || to === null ? null : to[part] - from[part]);
  return {
    mainCpuNs: spent("mainCpuNs"),
    workersCpuNs: spent("workersCpuNs"),
    watchCpuNs: spent("watchCpuNs"),
    runtimeCpuNs: spent("runtimeCpuNs"),
  };
}

function placeOf(thread: string, name: string): keyof ThreadCpu {
  if (Number(thread) === process.pid) return "mainCpuNs";
  if (name === "watch") return "watchCpuNs";
  return name === "WorkerThread" ? "workersCpuNs" : "runtimeCpuNs";
}

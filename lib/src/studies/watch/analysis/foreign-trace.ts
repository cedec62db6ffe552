import { resolve } from "node:path";
import { attributeWait } from "scheduling-safety-watch/attribution";
import { readTrace, type Trace, tracePolls } from "scheduling-safety-watch/trace";
import { projectRoot } from "../../../measure/project-root.ts";

/** One poll of a traced task: times in s since the watch began. */
export interface TracedPoll {
  readonly task: string;
  readonly worker: number;
  readonly dueS: number;
  readonly startedS: number;
  readonly endedS: number;
}

/** Opens a trace that the watch wrote for some other program, by its folder, seen from the project's top. */
export function openTrace(folder: string): Trace {
  return readTrace(resolve(projectRoot, folder));
}

/**
 * Sums up the tasks of one pool in a trace, and lays their waits on whoever held every worker meanwhile, by the study's own rule:
 * the share of a task's waits in which everybody was held, and the task that held them most.
 */
export function traceBlame(trace: Trace, pool: string) {
  const { polls, names } = tracePolls(trace, pool);
  const workers = workersOf(trace, pool);
  const rows = tracedPolls(trace, pool);
  return names.map((task) => {
    const own = rows.filter((row) => row.task === task);
    const waits = own.map(({ dueS, startedS }) => ({ fromNs: dueS * 1e9, toNs: startedS * 1e9 }));
    const { waitedNs, starvedNs, culprit, culpritShare } = attributeWait(waits, { polls, names }, workers);
    const waitsMs = own.map(({ dueS, startedS }) => (startedS - dueS) * 1e3);
    return {
      task,
      polls: own.length,
      longestHoldMs: Math.max(...own.map(({ startedS, endedS }) => (endedS - startedS) * 1e3)),
      longestWaitMs: Math.max(...waitsMs),
      starvedShare: waitedNs === 0 ? null : starvedNs / waitedNs,
      culprit,
      culpritShare,
    };
  });
}

/** Gives the polls of one pool that ended, in order of submission. */
export function tracedPolls(trace: Trace, pool: string): TracedPoll[] {
  const { polls, names } = tracePolls(trace, pool);
  return Array.from(polls.task, (task, row) => ({
    task: names[task] as string,
    worker: polls.worker[row] as number,
    dueS: (polls.dueNs[row] as number) / 1e9,
    startedS: (polls.startedNs[row] as number) / 1e9,
    endedS: (polls.endedNs[row] as number) / 1e9,
  }));
}

/** Gives the stretch around the incident with the longest starvation, as far as `marginS` before and after it (s). */
export function longestIncident({ incidents, facts }: Trace, marginS: number): [from: number, to: number] {
  const [longest] = incidents.filter(({ kind }) => kind === "pool").sort((a, b) => b.starvedNs - a.starvedNs);
  if (longest === undefined) return [0, facts.writtenNs / 1e9];
  const endedNs = longest.endedNs ?? facts.writtenNs;
  return [Math.max(0, longest.beganNs / 1e9 - marginS), endedNs / 1e9 + marginS];
}

function workersOf({ facts }: Trace, pool: string): number {
  const found = facts.pools.find((each) => each.pool === pool);
  if (found === undefined) {
    const names = facts.pools.map((each) => each.pool).join(", ");
    throw new RangeError(`pool must be one of the trace's: ${names}; got ${pool}`);
  }
  return found.workers;
}

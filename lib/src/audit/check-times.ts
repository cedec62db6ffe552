import type { Experiment } from "../design/experiment.ts";
import { defaultTimeLimitMs } from "../harness/measure-run.ts";
import type { Plan } from "../harness/plan.ts";
import type { Manifest } from "../tables/manifest.ts";
import type { RunOfTable } from "./run-of-table.ts";

/** A run's start is read some milliseconds into it, and its clock is set in between now and then. */
const overlapMs = 100;

/** Share of runs that may have been done again after later ones, where a disk or a worker lost what they left. */
const doneAgain = 0.1;

/** Times beyond the limit until a killed run's end is noticed, on a busy host. */
const noticed = { times: 1.5, moreMs: 10_000 };

interface Limit {
  readonly experiment: Experiment;
  readonly plan: Plan;
}

/**
 * Checks that runs follow one another: each begins after the campaign, takes some time and no more than until it would have been killed,
 * and ends before the next one begins. Those of a campaign in one go begin in the order of their numbers; rounds come back
 * to what an earlier one passed over.
 *
 * @param limit null where the design has changed since
 */
export function checkTimes(
  { sequential }: Pick<Manifest, "sequential">,
  rows: readonly RunOfTable[],
  limit: Limit | null,
): string[] {
  const spans = rows.map(({ run, startedMs, wallMs }) => ({
    run: Number(run),
    startedMs: Number(startedMs),
    wallMs: Number(wallMs),
  }));
  for (const { run, startedMs, wallMs } of spans) {
    if (!(wallMs > 0)) return [`run ${run} has wallMs ${wallMs}: it took no time`];
    const most = limit ? mostMs(limit, run) : Number.POSITIVE_INFINITY;
    if (!Number.isFinite(wallMs) || wallMs > most)
      return [`run ${run} has wallMs ${wallMs}; it would have been killed before`];
    if (!Number.isFinite(startedMs) || startedMs < 0)
      return [`run ${run} has startedMs ${startedMs}: no time after the campaign began`];
  }
  const inTime = [...spans].sort((a, b) => a.startedMs - b.startedMs);
  for (const [i, next] of inTime.entries()) {
    const before = inTime[i - 1];
    if (before === undefined) continue;
    const endedMs = before.startedMs + before.wallMs;
    if (next.startedMs > before.startedMs && next.startedMs > endedMs - overlapMs) continue;
    return [`run ${next.run} began at ${next.startedMs} ms, before run ${before.run} ended at ${endedMs} ms`];
  }
  const back = spans.filter(({ startedMs }, i) => startedMs < (spans[i - 1]?.startedMs ?? 0));
  const [first] = back;
  if (first === undefined || sequential !== undefined || back.length <= doneAgain * spans.length) return [];
  return [`run ${first.run} and ${back.length - 1} more began before the run of the number before theirs`];
}

function mostMs({ experiment, plan: { jobs } }: Limit, run: number): number {
  const job = jobs[run];
  if (job === undefined) return Number.POSITIVE_INFINITY;
  return noticed.times * defaultTimeLimitMs(experiment, job.scenario) + noticed.moreMs;
}

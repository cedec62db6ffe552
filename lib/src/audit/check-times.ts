import type { Experiment } from "../design/experiment.ts";
import { defaultTimeLimitMs } from "../harness/measure-run.ts";
import type { Plan } from "../harness/plan.ts";
import type { Manifest } from "../tables/manifest.ts";
import type { RunOfTable } from "./run-of-table.ts";

/** A run's start is read some milliseconds into it, and its clock is set in between now and then. */
const overlapMs = 100;

/**
 * Beside one, the share of runs that may seem to begin before the run before theirs had ended: a host's clock is set while it
 * measures, and a run is done again where a disk or a worker lost what it left.
 */
const outOfTime = 0.1;

/** Times beyond the limit until a killed run's end is noticed, on a busy host. */
const noticed = { times: 1.5, moreMs: 10_000 };

interface Limit {
  readonly experiment: Experiment;
  readonly plan: Plan;
}

/**
 * Checks that runs follow one another: each begins after the campaign, takes some time and no more than until it would have been killed,
 * and ends before the next one begins, by and large. Those of a campaign in one go begin in the order of their numbers; rounds
 * come back to what an earlier one passed over.
 *
 * @param limit null where the design has changed since
 */
export function checkTimes(
  { sequential }: Pick<Manifest, "sequential">,
  rows: readonly RunOfTable[],
  limit: Limit | null,
): string[] {
  const spans = rows.map(({ run, startedMs, wallMs, valid }) => ({
    run: Number(run),
    valid: valid === true,
    startedMs: Number(startedMs),
    wallMs: Number(wallMs),
  }));
  for (const { run, startedMs, wallMs, valid } of spans) {
    if (!(wallMs > 0)) return [`run ${run} has wallMs ${wallMs}: it took no time`];
    // One that a suspended machine interrupted may have taken any time, and is not valid.
    const most = limit && valid ? mostMs(limit, run) : Number.MAX_SAFE_INTEGER;
    if (wallMs > most) return [`run ${run} has wallMs ${wallMs}; it would have been killed before`];
    if (!Number.isFinite(startedMs)) return [`run ${run} has startedMs ${startedMs}: that is no time`];
  }
  const inTime = sequential === undefined ? spans : [...spans].sort((a, b) => a.startedMs - b.startedMs);
  const early = inTime.filter(({ startedMs }, i) => {
    const before = inTime[i - 1] ?? { startedMs: Number.NEGATIVE_INFINITY, wallMs: 0 };
    const endedMs = before.startedMs + before.wallMs;
    return startedMs < 0 || startedMs <= before.startedMs || startedMs < endedMs - overlapMs;
  });
  const [first] = early;
  if (first === undefined || early.length <= 1 + outOfTime * spans.length) return [];
  return [
    `run ${first.run} and ${early.length - 1} more began before the campaign, or before the run of the number before theirs had ended`,
  ];
}

function mostMs({ experiment, plan: { jobs } }: Limit, run: number): number {
  const job = jobs[run];
  if (job === undefined) return Number.POSITIVE_INFINITY;
  return noticed.times * defaultTimeLimitMs(experiment, job.scenario) + noticed.moreMs;
}

import { type LockSpan, measuredConvoy } from "../../../model/lock-rounds.ts";
import { sharedQueue } from "../../../model/shared-queue.ts";
import { convoyWorkload } from "../../../model/simulate-convoy.ts";
import { type PlayedRun, playRun } from "../pool/played-run.ts";
import type { ConvoyChoice } from "./choice.ts";

/** The pool that was measured. */
export const workers = 4;
/** So much of a run is shown; it goes on like this (ms). */
const shownMs = 400;

/** A run of the mutex convoy to be watched. */
export interface PlayedConvoy {
  readonly run: PlayedRun;
  /** Who stood in line for the lock, and who had it. */
  readonly lines: readonly LockSpan[];
  readonly holds: readonly LockSpan[];
  readonly endMs: number;
}

/** Plays one run. The same seed gives the same run. */
export function playConvoy({ blockers, lock, seed }: ConvoyChoice): PlayedConvoy {
  const workload = convoyWorkload({ users: measuredConvoy.users, blockers, lock }, seed);
  const run = playRun(workload, sharedQueue, {
    queues: Array.from({ length: workers }, () => 0),
    probes: measuredConvoy.users,
  });
  return { run, lines: workload.lines, holds: workload.holds, endMs: Math.min(run.endMs, shownMs) };
}

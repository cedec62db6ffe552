/**
 * Returns the delay (ms) of a wake-up on one shared queue whose blockers never stop and are out of step:
 * (K − W + 1)·B / W from K = W on, none below.
 *
 * W workers that are always blocked, evenly out of step, end a block every B / W. A wake-up goes to the tail, behind
 * the K − W blockers that found no worker, so that it takes the (K − W + 1)-th end from now: that many times B / W at
 * most. The first of them is met in its middle on average. At K = W this is B / W: a large pool out of step has no
 * cliff, but a slope that reaches B at K = 2W.
 *
 * The same holds for any fixed pool of threads that everybody shares, such as the one behind Node's `fs` and `dns`.
 */
export function outOfStepDelay({
  workers,
  blockers,
  blockMs,
}: {
  readonly workers: number;
  readonly blockers: number;
  readonly blockMs: number;
}): number {
  return blockers < workers ? 0 : ((blockers - workers + 1) * blockMs) / workers;
}

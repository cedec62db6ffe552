import { type BlockerLaps, lateSleeps, requireCaught } from "./blocker-laps.ts";
import type { DelayShare } from "./discrete-delays.ts";

/**
 * Predicts the probes' delays on one shared queue: none below blockers = workers, and from there on B − S.
 *
 *     worker 1  ▐████ 1 ████▐████ 1 ████▐████ 1 ████▐      W = 2 workers, K = 2 blockers, blocks of B
 *     worker 2  ▐████ 2 ████▐████ 2 ████▐████ 2 ████▐
 *     a probe               ▐─S─┤waits B−S▐─S─┤waits▐
 *
 * The blockers start together. While K ≥ W, first in, first out serves them W at a time: laps of length B in which no
 * worker is free. K blockers with n blocks each fill ⌊K·n / W⌋ such laps; the blocks that are left over leave a worker
 * free. A probe is served between two laps, sleeps S < B, is due within the lap and waits for its end: B − S, once a
 * lap. With K < W a worker is always free, and nobody waits.
 *
 * The height thus does not depend on K. What grows beyond saturation is the number of laps, and with it the share
 * of late wake-ups, (⌊K·n / W⌋ − 1) of each probe's sleeps.
 */
export function sharedQueueDelay(design: BlockerLaps): DelayShare[] {
  requireCaught(design);
  const { workers, blockers, blocks, blockMs, sleeps, sleepMs } = design;
  if (blockers < workers) return [];
  const laps = Math.floor((blockers * blocks) / workers);
  return [{ delayMs: blockMs - sleepMs, share: lateSleeps(laps, design) / sleeps }];
}

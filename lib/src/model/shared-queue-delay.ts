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
 * Up to K < 2W the height thus does not depend on K; what grows is the number of laps, and with it the share of late
 * wake-ups. From K = 2W on, the blockers that found no worker fill the next lap too: a probe waits for ⌊K / W⌋ laps at
 * a time, ⌊K / W⌋·B − S.
 */
export function sharedQueueDelay(design: BlockerLaps): DelayShare[] {
  requireCaught(design);
  const { workers, blockers, blocks, blockMs, sleeps, sleepMs } = design;
  if (blockers < workers) return [];
  const laps = Math.floor((blockers * blocks) / workers);
  const lapsAWait = Math.floor(blockers / workers);
  const waits = Math.floor(laps / lapsAWait);
  return [{ delayMs: lapsAWait * blockMs - sleepMs, share: lateSleeps(waits, design) / sleeps }];
}

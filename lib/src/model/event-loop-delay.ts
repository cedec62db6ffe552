import { type BlockerLaps, lateSleeps, requireCaught } from "./blocker-laps.ts";
import type { DelayShare } from "./discrete-delays.ts";

/**
 * Predicts the probes' delays where tasks live on the event loop of one worker: m·B − S next to m blockers.
 *
 * Blockers and probes are dealt out in turn. A loop with m blockers runs their blocks one after the other in each of
 * its n laps, of length m·B, and looks at its timers only between laps. A probe on it waits m·B − S once a lap, as on
 * a shared queue; a probe on another loop does not wait. While K ≤ W, a share of about K / W of the probes has a
 * blocker, so that
 *
 *     mean delay ≈ K / W · (B − S) · late sleeps / sleeps
 *
 * grows in proportion to the blockers, while the tail is at its height from the first one on. Exactly, the share is
 * that of the probes dealt to those loops: 13 of 50 for the first of four.
 */
export function eventLoopDelay(design: BlockerLaps): DelayShare[] {
  requireCaught(design);
  const { workers, blockers, probes, blocks, blockMs, sleeps, sleepMs } = design;
  const lateShare = lateSleeps(blocks, design) / sleeps;
  return Array.from({ length: Math.min(workers, blockers) }, (_, worker) => ({
    delayMs: dealt(blockers, workers, worker) * blockMs - sleepMs,
    share: (dealt(probes, workers, worker) / probes) * lateShare,
  }));
}

function dealt(tasks: number, workers: number, worker: number): number {
  return Math.ceil((tasks - worker) / workers);
}

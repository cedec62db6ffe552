/** What the closed forms need to know of the scheduling-delay experiment; times in ms. */
export interface BlockerLaps {
  readonly workers: number;
  readonly blockers: number;
  readonly probes: number;
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly blockMs: number;
  readonly blocks: number;
  /** Spread probes spend the first lap on finding their phase, which is not counted. */
  readonly phase: "spread" | "aligned";
}

/** How many of a probe's counted sleeps end during laps that follow each other without a gap: one a lap. */
export function lateSleeps(laps: number, { sleeps, phase }: BlockerLaps): number {
  return Math.min(sleeps, Math.max(0, laps - (phase === "spread" ? 1 : 0)));
}

/** @throws RangeError if a sleep is not shorter than a block: then a probe is not caught once a lap */
export function requireCaught({ sleepMs, blockMs }: BlockerLaps): void {
  if (!(sleepMs < blockMs)) {
    throw new RangeError(`sleep must be shorter than a block of ${blockMs} ms; got ${sleepMs} ms`);
  }
}

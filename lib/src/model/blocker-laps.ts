/** What the closed forms need to know of the scheduling-delay experiment; times in ms. */
export interface BlockerLaps {
  readonly workers: number;
  readonly blockers: number;
  readonly probes: number;
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly blockMs: number;
  readonly blocks: number;
  /** Spread probes spend the first wait on finding their phase, which is not counted. */
  readonly phase: "spread" | "aligned";
}

/** How many of a probe's counted sleeps are late if each of so many waits in a row catches one. */
export function lateSleeps(waits: number, { sleeps, phase }: BlockerLaps): number {
  return Math.min(sleeps, Math.max(0, waits - (phase === "spread" ? 1 : 0)));
}

/** @throws RangeError if a sleep is not shorter than a block: then a probe is not caught once a lap */
export function requireCaught({ sleepMs, blockMs }: BlockerLaps): void {
  if (!(sleepMs < blockMs)) {
    throw new RangeError(`sleep must be shorter than a block of ${blockMs} ms; got ${sleepMs} ms`);
  }
}

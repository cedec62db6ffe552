let sink = 1;

/** Computes for a number of steps and nothing else: an amount of work, whatever else the core has to do. */
export function compute(steps: number): void {
  let state = sink;
  for (let step = 0; step < steps; step++) state = (Math.imul(state ^ (state >>> 13), 0x5bd1e995) + step) | 0;
  sink = state;
}

/**
 * Measures how many steps this thread computes in a millisecond, its code compiled: the best of several tries, because
 * whatever disturbs a try makes it slower.
 */
export function stepsPerMs(now: () => number = () => performance.now()): number {
  const steps = 500_000;
  const tries = Array.from({ length: 12 }, () => {
    const beganMs = now();
    compute(steps);
    return now() - beganMs;
  });
  return Math.round(steps / Math.min(...tries));
}

/** A delay that a share of all wake-ups has. */
export interface DelayShare {
  readonly delayMs: number;
  readonly share: number;
}

/** Returns the mean of a distribution of delays (ms); what is missing from a share of 1 is not delayed at all. */
export function meanDelay(delays: readonly DelayShare[]): number {
  return delays.reduce((sum, { delayMs, share }) => sum + delayMs * share, 0);
}

/** Returns the p-quantile of a distribution of delays (ms): the least that a share p does not exceed. */
export function delayQuantile(delays: readonly DelayShare[], p: number): number {
  const falling = [...delays].sort((a, b) => b.delayMs - a.delayMs);
  let beyond = 0;
  for (const { delayMs, share } of falling) {
    beyond += share;
    if (beyond > 1 - p + 1e-12) return delayMs;
  }
  return 0;
}

/** The quantiles that the instruments of this pool show. */
export const cliffQuantiles = { p50: 0.5, p99: 0.99 } as const;

/** Nominal coverage of every interval of the study, unless data are looked at more than once. */
export const usualLevel = 0.95;

let nominal = usualLevel;

/** Tells the nominal coverage of the intervals that are being computed. */
export function confidenceLevel(): number {
  return nominal;
}

/** Spells a nominal coverage: the usual one as `95 %`, others as `98.0 %`. */
export function levelText(level: number): string {
  return `${(100 * level).toFixed(level === usualLevel ? 0 : 1)} %`;
}

/**
 * Computes something with intervals of another coverage, as each of several looks at growing data asks for. An analysis
 * is many functions deep and none of them knows of looks: the level surrounds it rather than going through all hands.
 */
export function withConfidenceLevel<T>(level: number, compute: () => T): T {
  const before = nominal;
  nominal = level;
  try {
    return compute();
  } finally {
    nominal = before;
  }
}

let reading: Set<number> | null = null;

/** Notes that an analysis reads a run: that the run's levels are among those it asks for, whatever its samples hold. */
export function noteRun(run: number): void {
  reading?.add(run);
}

/**
 * Computes something and tells which runs it read. What a claim rests on is thereby observed, not declared beside it, where
 * the two would part.
 */
export function withRunsRead<T>(compute: () => T): { readonly value: T; readonly runs: ReadonlySet<number> } {
  const before = reading;
  const runs = new Set<number>();
  reading = runs;
  try {
    return { value: compute(), runs };
  } finally {
    reading = before;
    for (const run of runs) before?.add(run);
  }
}

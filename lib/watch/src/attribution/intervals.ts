/** A stretch of time, in ns of one clock. */
export interface Interval {
  readonly fromNs: number;
  readonly toNs: number;
}

/** Finds the intervals, in order of time, during which at least `count` of the holds are open. */
export function allHeld(holds: readonly Interval[], count: number): Interval[] {
  const edges = holds
    .flatMap(({ fromNs, toNs }) => [
      { atNs: fromNs, step: 1 },
      { atNs: toNs, step: -1 },
    ])
    .sort((a, b) => a.atNs - b.atNs || a.step - b.step);
  const closed: Interval[] = [];
  let open = 0;
  let sinceNs = 0;
  for (const { atNs, step } of edges) {
    open += step;
    if (step > 0 && open === count) sinceNs = atNs;
    if (step < 0 && open === count - 1) closed.push({ fromNs: sinceNs, toNs: atNs });
  }
  return closed;
}

/** Measures what two stretches share (ns); 0 where they do not meet. */
export function overlapNs(a: Interval, b: Interval): number {
  return Math.max(0, Math.min(a.toNs, b.toNs) - Math.max(a.fromNs, b.fromNs));
}

/** Names a scenario within a part of a design: one cell, whose runs are each other's replicates. */
export function cellKey(
  part: unknown,
  levels: Readonly<Record<string, unknown>>,
  factors: readonly string[],
): string {
  return JSON.stringify([part, ...factors.map((factor) => levels[factor])]);
}

/** Lists what was found at each number of blockers, as `0.0 at 3, 40.0 at 4`. */
export function tellLevels(
  points: readonly { readonly blockers: number; readonly value: number }[],
  decimals: number,
): string {
  return points.map(({ blockers, value }) => `${value.toFixed(decimals)} at ${blockers}`).join(", ");
}

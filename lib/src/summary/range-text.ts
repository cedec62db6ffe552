/** Joins the ends of an interval, each spelt or null where it has none; null without either. */
export function rangeText(low: string | null, high: string | null): string | null {
  if (low !== null && high !== null) return `${low} to ${high}`;
  if (low !== null) return `${low} or more`;
  return high === null ? null : `${high} or less`;
}

/** Gives a number, or null for a value that is missing or that a logarithmic axis cannot show. */
export function positive(value: unknown): number | null {
  return typeof value === "number" && value > 0 ? value : null;
}

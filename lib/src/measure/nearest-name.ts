import { closest, distance } from "fastest-levenshtein";

/** As many changed letters as a typing error makes. */
const furthest = 3;

/** Asks whether a known name was meant, as in `; did you mean "workers"?`; empty where none is near. */
export function didYouMean(text: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(text, known);
  const near = distance(text, nearest) <= Math.min(furthest, nearest.length / 2);
  return near ? `; did you mean ${nearest}?` : "";
}

import { closest, distance } from "fastest-levenshtein";

/** As many changed letters as a typing error makes. */
const furthest = 3;

/** Asks whether a known name was meant, as in `; did you mean "workers"?`; empty where none is near. */
export function didYouMean(text: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const spelt = known.map((name) => name.toLowerCase());
  const nearest = closest(text.toLowerCase(), spelt);
  const near = distance(text.toLowerCase(), nearest) <= Math.min(furthest, nearest.length / 2);
  return near ? `; did you mean ${known[spelt.indexOf(nearest)]}?` : "";
}

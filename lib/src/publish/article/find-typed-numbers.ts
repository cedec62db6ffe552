import { childrenOf, type Node, placeOf } from "./ast.ts";

/** Their digits are generated, quoted or code, not measured numbers that somebody typed. */
const EXEMPT = new Set([
  "crossReference",
  "cite",
  "captionNumber",
  "math",
  "inlineMath",
  "code",
  "inlineCode",
  "measured",
]);
/** A number that is not part of a name such as p99 or x64. */
const NUMBER = /(?<![\p{L}\p{N}_.]|\p{L}-)[\u2212-]?\d[\d.,]*(?:\s?%)?/gu;

/**
 * Finds numbers typed into prose. Measured ones must come from a notebook through `{val}`; those that the
 * design sets are declared once, as phrases such as "50 ms", under `options.givens` in the front matter.
 *
 * @returns one message a number
 */
export function findTypedNumbers(root: Node, givens: readonly string[]): string[] {
  // The longest first: "200 and 500 probes" must not lose its tail to "500 probes".
  const longestFirst = givens.toSorted((one, other) => other.length - one.length);
  const allowed = longestFirst.map(
    (given) => new RegExp(`(?<![\\p{L}\\p{N}.])${RegExp.escape(normalise(given))}(?![\\p{L}\\p{N}])`, "gu"),
  );
  return [...passages(root)].flatMap(({ text, place }) => {
    const bare = allowed.reduce((rest, given) => rest.replace(given, ""), normalise(text));
    return [...bare.matchAll(NUMBER)].map(
      ([number]) =>
        `${place}: number ${number.replace(/[.,]$/, "")} is typed by hand in "${excerpt(bare, number)}"; ` +
        "take it from a notebook with {val}, or declare the phrase under options.givens if the design sets it",
    );
  });
}

/** Yields the text of each innermost run of prose, so that mark-up inside a phrase does not hide it. */
function* passages(node: Node): Generator<{ text: string; place: string }> {
  const children = childrenOf(node);
  const inline = children.some((child) => child.type === "text");
  if (inline) yield { text: children.map(proseOf).join(""), place: placeOf(node) };
  else for (const child of children) if (!EXEMPT.has(child.type)) yield* passages(child);
}

function proseOf(node: Node): string {
  if (EXEMPT.has(node.type)) return "\ufffc";
  if (node.type === "text") return node.value;
  return childrenOf(node).map(proseOf).join("");
}

function normalise(text: string): string {
  return text.replace(/\s+/g, " ");
}

function excerpt(text: string, number: string): string {
  const at = text.indexOf(number);
  return text.slice(Math.max(0, at - 25), at + number.length + 15).trim();
}

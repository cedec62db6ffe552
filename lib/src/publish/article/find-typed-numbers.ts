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

/** What makes another number of the one it stands before or after: "50" is no part of "50.3", "50 %" or "−50". */
const BEFORE = "(?<![\\p{L}\\p{N}.]|\\p{N},|\u2212|(?:^|\\s)-)";
const AFTER = "(?![\\p{L}\\p{N}]|[.,]\\p{N}|\\s?[%‰×])";

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
    (given) => new RegExp(`${BEFORE}${RegExp.escape(normalise(given))}${AFTER}`, "gu"),
  );
  return [...passages(root)].flatMap(({ text, place }) => {
    const bare = allowed.reduce((rest, given) => rest.replace(given, ""), normalise(text));
    return [...bare.matchAll(NUMBER)].map(
      ({ 0: number, index }) =>
        `${place}: number ${number.replace(/[.,]$/, "")} is typed by hand in "${excerpt(bare, index, number.length)}"; ` +
        "take it from a notebook with {val}, or declare the phrase under options.givens if the design sets it",
    );
  });
}

/** Finds declared phrases that are numbers alone: such a phrase would let every like number pass. */
export function findBareGivens(givens: readonly string[]): string[] {
  return givens
    .filter(isBare)
    .map(
      (given) =>
        `article.md: a phrase of options.givens must say what its number is of, as "50 ms" does; got "${given}"`,
    );
}

interface Passage {
  readonly text: string;
  readonly place: string;
}

/** Yields the text of each innermost run of prose, so that mark-up inside a phrase does not hide it. */
function* passages(node: Node): Generator<Passage> {
  if (node.type === "table") return yield* cells(node);
  const children = childrenOf(node);
  const inline = children.some((child) => child.type === "text");
  if (inline) yield { text: children.map(proseOf).join(""), place: placeOf(node) };
  else for (const child of children) if (!EXEMPT.has(child.type)) yield* passages(child);
}

/** Yields the text of each cell; a number that stands alone is of what its column is headed. */
function* cells(table: Node): Generator<Passage> {
  const [head, ...rows] = childrenOf(table);
  if (head === undefined) return;
  yield* childrenOf(head).flatMap((cell) => [...passages(cell)]);
  const headings = childrenOf(head).map(proseOf);
  for (const row of rows) {
    for (const [column, cell] of childrenOf(row).entries()) {
      const heading = headings[column]?.replace(NUMBER, "");
      for (const { text, place } of passages(cell)) {
        yield { text: heading && isBare(text) ? `${text} ${heading}` : text, place };
      }
    }
  }
}

function isBare(text: string): boolean {
  return !/[^\d\s.,]/.test(text);
}

function proseOf(node: Node): string {
  if (EXEMPT.has(node.type)) return "\ufffc";
  if (node.type === "text") return node.value;
  return childrenOf(node).map(proseOf).join("");
}

function normalise(text: string): string {
  return text.replace(/\s+/g, " ");
}

function excerpt(text: string, at: number, length: number): string {
  return text.slice(Math.max(0, at - 25), at + length + 15).trim();
}

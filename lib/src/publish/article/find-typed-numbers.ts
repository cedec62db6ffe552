import { childrenOf, type Node, placeOf } from "./ast.ts";
import { unitPattern } from "./units.ts";

/** Their digits are generated, quoted or code, not measured numbers that somebody typed. */
const EXEMPT = new Set(["cite", "captionNumber", "code", "measured"]);
/** Stands for what is exempt. */
const BLANK = "\ufffc";
const DIGITS = "\\.?\\p{N}(?:[\\p{N}.,⁄]|[_'’/](?=\\p{N}))*";
/**
 * A number that is not part of a name such as p99, x64 or UTF-8; nor the rest of one, as in p99.9 and c6i.4xlarge. A factor
 * (x1.5) and what is followed by % are no names.
 */
const NUMBER = new RegExp(
  `(?<![\\p{Script=Latin}\\p{N}_]|\\p{N}[.,]+|\\p{N}\\p{L}+\\.|\\p{Lu}{2}[\\p{L}\\p{N}]*-)[\u2212-]?${DIGITS}(?:\\s?%)?` +
    `|(?<=\\p{L})${DIGITS}\\s?[%‰]|(?<=(?<!\\p{L})x)\\p{N}+[.,]\\p{N}+`,
  "gu",
);

/** Code that a reader takes for a quantity, and quantities in a formula: whatever has a unit is one. */
const QUANTITY = new RegExp(`^[^\\p{L}\\p{N}]*${DIGITS}\\s?${unitPattern}`, "u");
const TEX_QUANTITY = new RegExp(
  `(${DIGITS})(?:\\\\[,;:! ]|[~{}\\s])*(?:\\\\(?:text|textrm|mathrm|mathsf|operatorname)\\s*\\{\\s*|\\\\(?=%))(${unitPattern})`,
  "gu",
);

/** What makes another number of the one it stands before or after: "50" is no part of "50.3", "50 %", "~50" or "50 thousand". */
const BEFORE = "(?<![\\p{L}\\p{N}._\u2212–-]|\\p{N},|[~<>≈≃±+×]\\s?)";
const AFTER =
  "(?![\\p{L}\\p{N}]|[.,_'’]\\p{N}|\\s?[%‰‱×°^]|\\s?[/:·*]\\s?\\p{N}|\\s\\p{N}{3}(?!\\p{N})" +
  "|[\\s-]?(?:k|fold|thousand|million|billion|times more|per ?(?:cent|mille))(?!\\p{L}))";

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
  if (EXEMPT.has(node.type)) return;
  if ("alt" in node) yield { text: node.alt, place: placeOf(node) };
  const children = childrenOf(node);
  const isRun = children.length === 0 || children.some((child) => child.type === "text");
  if (isRun) yield { text: proseOf(node), place: placeOf(node) };
  else for (const child of children) yield* passages(child);
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
  return !/[\p{L}%‰]/u.test(text.normalize("NFKC"));
}

function proseOf(node: Node, i = 0, siblings: readonly Node[] = []): string {
  if (EXEMPT.has(node.type)) return BLANK;
  const prose = childrenOf(node).map(proseOf).join("");
  switch (node.type) {
    case "text":
      return node.value;
    case "math":
    case "inlineMath":
      return (
        [...node.value.matchAll(TEX_QUANTITY)].map(([, number, unit]) => `${number} ${unit}`).join("; ") ||
        BLANK
      );
    case "inlineCode": {
      const next = siblings[i + 1];
      const following = next?.type === "text" ? next.value : "";
      return QUANTITY.test(normalise(node.value + following)) ? node.value : BLANK;
    }
    case "crossReference":
      return node.enumerator === undefined ? prose : prose.replace(numberOf(node.enumerator), BLANK);
    default:
      return prose;
  }
}

function normalise(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, " ");
}

function excerpt(text: string, at: number, length: number): string {
  return text.slice(Math.max(0, at - 25), at + length + 15).trim();
}

function numberOf(enumerator: string): RegExp {
  return new RegExp(`(?<![\\p{N}.,])${RegExp.escape(enumerator)}(?![\\p{N}]|[.,]\\p{N}|\\s?[%‰])`, "u");
}

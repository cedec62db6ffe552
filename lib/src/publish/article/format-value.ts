/** What a notebook may hand on to the article; null is a value that could not be measured. */
export type Value = number | string | boolean | null;

/** Stands where a value could not be measured on the host. */
const UNAVAILABLE = "n/a";

/**
 * Prints a value for prose.
 *
 * | format | meaning | 1234.567 |
 * |---|---|---|
 * | (none) | text, yes or no, and whole numbers, as they are | – |
 * | `.2f` | fixed decimals | 1234.57 |
 * | `,.1f` | with thousands separators | 1,234.6 |
 * | `.3g` | significant digits, never an exponent | 1230 |
 * | `.1%` | a share as per cent | 123456.7 % |
 * | `.1f ms`, `.0f×`, `.0f-fold` | a unit after the number | 1234.6 ms |
 *
 * @throws RangeError if the format is unknown or does not suit the value
 */
export function formatValue(value: Value, format: string): string {
  const match = /^(,?)\.(\d)([fg%])([ ×-].*)?$/.exec(format);
  if (format !== "" && match === null) {
    throw new RangeError(`format must be empty or like ".2f", ",.0f", ".3g ms", ".1%"; got "${format}"`);
  }
  if (value === null) return UNAVAILABLE;
  if (typeof value !== "number") {
    if (format !== "")
      throw new RangeError(
        `format must be empty unless the value is a number; got "${format}" for "${value}"`,
      );
    return typeof value === "string" ? value : value ? "yes" : "no";
  }
  if (!Number.isFinite(value)) throw new RangeError(`value must be finite; got ${value}`);
  if (match === null) {
    if (!Number.isInteger(value)) throw new RangeError(`format of ${value} must be given, such as .2f`);
    return withMinus(String(value));
  }
  const [, comma, digits, kind = "f", unit = ""] = match;
  const text = decimal(value, Number(digits), kind);
  return withMinus(comma === "" ? text : withThousands(text)) + unit.replace(/^ /, "\u00a0");
}

function decimal(value: number, digits: number, kind: string): string {
  if (kind === "%") return `${(value * 100).toFixed(digits)}\u00a0%`;
  if (kind === "f") return value.toFixed(digits);
  if (digits === 0) throw new RangeError('format ".0g" must ask for at least one significant digit');
  const rounded = Number(value.toPrecision(digits));
  const magnitude = rounded === 0 ? 0 : Math.floor(Math.log10(Math.abs(rounded)));
  return rounded.toFixed(Math.max(0, digits - 1 - magnitude));
}

function withThousands(text: string): string {
  return text.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
}

/** Sets a true minus sign, and none before a number that rounded to zero. */
function withMinus(text: string): string {
  return /^-[0.,]+(\u00a0%)?$/.test(text) ? text.slice(1) : text.replace(/^-/, "\u2212");
}

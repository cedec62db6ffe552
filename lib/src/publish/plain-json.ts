import * as v from "valibot";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Whatever stands in JSON, where only its place is fixed. */
export const anyJson = v.custom<Json>((value) => value !== undefined);
export const anyJsonObject = v.record(v.string(), anyJson);

/**
 * Turns a value into plain JSON with one spelling: keys sorted, typed arrays as arrays, whole numbers exact,
 * other numbers rounded to `digits` significant digits, what is not a number (NaN, ±∞) as null.
 * @throws TypeError for a value JSON cannot carry, naming where it is.
 */
export function plainJson(value: unknown, digits = 6, path = "value"): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return plainNumber(value, digits);
  if (typeof value === "bigint") return plainBigInt(value, path);
  if (typeof value !== "object") throw new TypeError(`${path} must be plain data; got a ${typeof value}`);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) || isTypedArray(value)) {
    return Array.from(value as ArrayLike<unknown>, (item, i) =>
      plainJson(item ?? null, digits, `${path}[${i}]`),
    );
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, plainJson(item, digits, `${path}.${key}`)]));
}

function plainNumber(value: number, digits: number): number | null {
  if (!Number.isFinite(value)) return null;
  if (Number.isInteger(value)) return value === 0 ? 0 : value;
  return Number(value.toPrecision(digits));
}

function plainBigInt(value: bigint, path: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new TypeError(`${path} must fit 53 bits; got ${value}`);
}

function isTypedArray(value: object): boolean {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

import { type Bundle, display } from "./display.ts";
import { mime } from "./mime.ts";
import { plainJson } from "./plain-json.ts";

/** What a notebook can hand on to the article; null is a value that this host's data cannot give. */
export type HandedValue = number | string | boolean | null;

/**
 * Hands named values on to the article, which cites them as `<notebook>.<name>`.
 * @throws TypeError for a name that is not camel case, or a value that is undefined or not finite.
 */
export function handOn(values: { readonly [name: string]: HandedValue }): void {
  display(valuesBundle(values));
}

/** Makes the output that hands values on. */
export function valuesBundle(values: { readonly [name: string]: HandedValue }): Bundle {
  for (const [name, value] of Object.entries(values)) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw new TypeError(`value name must be camel case; got ${name}`);
    const fits = value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
    if (!fits)
      throw new TypeError(`value ${name} must be a finite number, text, boolean or null; got ${value}`);
  }
  const lines = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return {
    data: { [mime.values]: plainJson(values, 12), [mime.text]: lines.join("\n") },
    metadata: {},
  };
}

/** What a terminal would obey, what ends a line, and what turns the order of letters round. */
const obeyed = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Spells what a terminal would obey instead of showing it, as in `\\u001b`, so that one line stays one: names of tasks and
 * pools may come from requests, and traces from others.
 */
export function printable(line: string): string {
  return line.replace(obeyed, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
